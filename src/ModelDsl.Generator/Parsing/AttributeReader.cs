using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Parsing;

/// <summary>
/// Makes the attribute of a declaration. Its class, which the compiler shares with the runtime, knows the arguments
/// that are not written, so that no default stands twice.
/// </summary>
internal static class AttributeReader
{
    private static readonly ConditionalWeakTable<LayerDeclaration, LayerAttribute> Attributes = new();
    private static readonly ConcurrentDictionary<ConstructorInfo, Dictionary<string, string>> ParameterNames = new();

    /// <summary>The attribute of a declaration; the same object for the same declaration.</summary>
    public static LayerAttribute Read(LayerDeclaration declaration) => Attributes.GetValue(declaration, Create);

    /// <summary>
    /// The name by which an argument is written: that of the constructor's parameter that gives the property, or the
    /// property's own. <c>Conv2D(16, 3)</c> gives <c>KernelHeight</c> by <c>kernelSize</c>.
    /// </summary>
    public static string WrittenName(LayerDeclaration declaration, string property) =>
        ConstructorOf(declaration) is { } constructor
        && ParameterNames.GetOrAdd(constructor, FindParameters).TryGetValue(property, out string? parameter)
            ? parameter
            : property;

    /// <summary>Whether an attribute's class is one that the compiler shares.</summary>
    public static bool Knows(string attributeType) => typeof(LayerAttribute).Assembly.GetType(attributeType) is not null;

    /// <summary>
    /// The name by which a declaration has the argument that a method takes as a parameter: the constructor's
    /// parameter, or the property that has the same name but for its first letter.
    /// </summary>
    public static string NameOf(string attributeType, string parameter)
    {
        Type? type = typeof(LayerAttribute).Assembly.GetType(attributeType);
        string property = char.ToUpperInvariant(parameter[0]) + parameter.Substring(1);
        bool isOfConstructor = type is null || type.GetConstructors().Any(constructor =>
            constructor.GetParameters().Any(candidate => candidate.Name == parameter));
        return isOfConstructor || type!.GetProperty(property) is not { CanWrite: true } ? parameter : property;
    }

    private static LayerAttribute Create(LayerDeclaration declaration)
    {
        if (ConstructorOf(declaration) is not { } constructor)
        {
            return Fill(new OtherAttribute(), declaration);
        }

        object?[] values =
        [
            .. constructor.GetParameters().Select(parameter => declaration.Find(parameter.Name) is { } written
                ? Convert(written, parameter.ParameterType)
                : Default(parameter)),
        ];
        return Fill((LayerAttribute)constructor.Invoke(values), declaration);
    }

    private static LayerAttribute Fill(LayerAttribute attribute, LayerDeclaration declaration)
    {
        foreach (LayerArgument argument in declaration.Arguments)
        {
            if (attribute.GetType().GetProperty(argument.Name) is { CanWrite: true } property)
            {
                property.SetValue(attribute, Convert(argument, property.PropertyType));
            }
        }

        return attribute;
    }

    // The constructor that was called. Where the C# compiler found none, the one that needs least.
    private static ConstructorInfo? ConstructorOf(LayerDeclaration declaration)
    {
        Type? type = typeof(LayerAttribute).Assembly.GetType(declaration.AttributeType);
        if (type is null || type.IsAbstract || !typeof(LayerAttribute).IsAssignableFrom(type))
        {
            return null;
        }

        if (type.IsGenericTypeDefinition)
        {
            type = type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(object))]);
        }

        ConstructorInfo[] constructors = type.GetConstructors();
        return constructors
            .Where(candidate => candidate.GetParameters().All(parameter => declaration.Has(parameter.Name)))
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault()
            ?? constructors.OrderBy(candidate => candidate.GetParameters().Length).First();
    }

    // Which parameter gives which property is seen where each parameter is a value of its own.
    private static Dictionary<string, string> FindParameters(ConstructorInfo constructor)
    {
        ParameterInfo[] parameters = constructor.GetParameters();
        object?[] values = [.. parameters.Select((parameter, number) => Mark(parameter.ParameterType, number))];
        object attribute = constructor.Invoke(values);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PropertyInfo property in attribute.GetType().GetProperties())
        {
            object? value = property.GetValue(attribute);
            int number = Array.FindIndex(
                values, mark => mark is not null && (ReferenceEquals(mark, value) || IsSame(mark, value)));
            if (number >= 0)
            {
                names.Add(property.Name, parameters[number].Name);
            }
        }

        return names;
    }

    private static object? Mark(Type type, int number) =>
        type == typeof(int) ? int.MaxValue - number
        : type == typeof(double) ? (double)(1 << 20) - number
        : type.IsArray ? Array.CreateInstance(type.GetElementType(), 0)
        : null;

    // Some properties hold a double parameter as a float.
    private static bool IsSame(object mark, object? value) => (mark, value) switch
    {
        (int number, int held) => number == held,
        (double number, double held) => number == held,
        (double number, float held) => number == held,
        _ => false,
    };

    private static object? Convert(LayerArgument argument, Type type) => argument.Scalar switch
    {
        _ when type == typeof(int[]) => argument.Elements.ToArray(),
        _ when type == typeof(float[]) => argument.Numbers.ToArray(),
        int number when type.IsEnum => Enum.ToObject(type, number),
        int or double or float when type == typeof(double) => System.Convert.ToDouble(
            argument.Scalar, CultureInfo.InvariantCulture),
        { } value when type.IsInstanceOfType(value) => value,
        _ => Default(type),
    };

    private static object? Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType(), 0)
        : Default(parameter.ParameterType);

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>
    /// An attribute whose class the compiler does not share: a loss or an activation of the author's, or a layer that
    /// the compiler does not know. Of those it reads what all layers, or all losses, have.
    /// </summary>
    private sealed class OtherAttribute : LossAttribute;
}
