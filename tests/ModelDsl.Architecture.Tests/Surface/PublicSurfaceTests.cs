using System.ComponentModel;
using System.Reflection;
using ModelDsl.Architecture.Tests.Dependencies;

namespace ModelDsl.Architecture.Tests.Surface;

/// <summary>What the assembly that is packed shows to whom.</summary>
public sealed class PublicSurfaceTests
{
    private const string ForUsers = "ModelDsl";
    private const string ForExtensions = "ModelDsl.Extensibility";
    private const string ForGeneratedCode = "ModelDsl.CompilerServices";

    private const BindingFlags Members =
        BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(Shape).Assembly.GetExportedTypes();

    [Fact]
    public void Every_public_type_is_for_users_for_extensions_or_for_generated_code() =>
        Assert.Equal(
            [ForUsers, ForGeneratedCode, ForExtensions],
            Types.Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Extensions_need_an_activation_a_loss_and_vectors() =>
        Assert.Equal(
            ["IActivation", "ILoss", "ISimdVector`1", "VectorMath"],
            Types.Where(type => type.Namespace == ForExtensions)
                .Select(type => type.Name)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_type_for_generated_code_is_hidden() =>
        Assert.Empty(Types
            .Where(type => type.Namespace == ForGeneratedCode && !type.IsNested && !IsHidden(type))
            .Select(type => type.FullName));

    [Fact]
    public void No_type_for_users_or_extensions_is_hidden() =>
        Assert.Empty(Types
            .Where(type => type.Namespace != ForGeneratedCode && IsHidden(type))
            .Select(type => type.FullName));

    [Fact]
    public void Nothing_that_users_see_has_a_type_for_generated_code_in_its_signature() =>
        Assert.Empty(
            from type in Types
            where type.Namespace != ForGeneratedCode
            from member in type.GetMembers(Members)
            where IsVisible(member) && !IsHidden(member)
            from named in TypesOf(member)
            where named.Namespace == ForGeneratedCode
            select $"{type.Name}.{member.Name} names {named.Name}");

    [Fact]
    public void Generated_code_calls_every_public_kernel()
    {
        // What generated code says of the assembly is no use by a type.
        var ofAssembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "ModelDsl.TestModels.dll"))
            .GetCustomAttributesData()
            .Select(attribute => attribute.AttributeType.FullName!);
        var called =
            SourceAssemblies.Read("ModelDsl.TestModels").Uses.Select(use => use.Used).Concat(ofAssembly).ToHashSet();
        var types = Types
            .Where(type => type.Namespace == ForGeneratedCode && !type.IsNested)
            .ToDictionary(type => type.FullName!);

        // What generated code holds without naming it, because a member that it calls takes or gives it.
        var reached = new Queue<Type>(types.Values.Where(type => called.Contains(type.FullName!)));
        while (reached.TryDequeue(out var type))
        {
            types.Remove(type.FullName!);
            var signatures = type.GetMembers(Members).Where(IsVisible).SelectMany(TypesOf);
            foreach (var named in signatures.Concat(Constraints(type)))
            {
                if (types.ContainsKey(named.FullName ?? ""))
                {
                    reached.Enqueue(named);
                }
            }
        }

        Assert.Empty(types.Keys);
    }

    private static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,

        // Accessors are methods.
        _ => false,
    };

    private static IEnumerable<Type> TypesOf(MemberInfo member) => (member switch
    {
        MethodInfo method =>
            [method.ReturnType, .. ParametersOf(method), .. method.GetGenericArguments().SelectMany(Constraints)],
        MethodBase constructor => ParametersOf(constructor),
        FieldInfo field => [field.FieldType],
        _ => Enumerable.Empty<Type>(),
    }).SelectMany(Parts);

    private static IEnumerable<Type> ParametersOf(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<Type> Constraints(Type type) =>
        (type.IsGenericParameter ? [type] : type.GetGenericArguments())
            .Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints())
            .SelectMany(Parts);

    // Of a List<Foo[]>: List<>, Foo.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];
}
