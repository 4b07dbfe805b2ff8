using System.Reflection;
using System.Text.RegularExpressions;
using ModelDsl.Generator.Parsing;
using ModelDsl.Testing;

namespace ModelDsl.Generator.Tests.Language;

/// <summary>The compiler knows which members it writes, so that a user's member of the same name is reported.</summary>
public class GeneratedMembersTests
{
    private static readonly string LongModel =
        $"[Model, Input(3), {string.Join(", ", Enumerable.Repeat("Dense(3), Softmax", 60))}, MeanSquaredError]";

    public static TheoryData<string> Models =>
    [
        "[Model, Input(3), Dense(2), Relu, Dropout(0.1f), Dense(1), MeanSquaredError]",
        "[Model, Input(3), Tanh, MeanSquaredError]",
        LongModel,
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void All_members_of_a_generated_half_are_known(string attributes)
    {
        Type type = ModelCompiler.Load($"{attributes} public partial class Sample;").GetType("Sample", throwOnError: true)!;
        const BindingFlags declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Instance | BindingFlags.Static;
        MemberInfo[] members = [.. type.GetMembers(declared).Where(IsWritten)];
        Assert.True(members.Length > 10);
        Assert.All(members, member => Assert.True(IsKnown(member), $"{member} is not in {nameof(GeneratedMembers)}"));
    }

    // Not what the C# compiler makes of properties, static initialisers and explicit implementations; nor the parts of a long
    // program, which are numbered.
    private static bool IsWritten(MemberInfo member) =>
        !Regex.IsMatch(member.Name, @"^(TrainForward|TrainBackward|InferPart)\d+$")
        && !member.Name.StartsWith('<')
        && member is not MethodInfo { IsSpecialName: true }
        && member is not ConstructorInfo { IsStatic: true }
        && !member.Name.Contains("IModel", StringComparison.Ordinal);

    private static bool IsKnown(MemberInfo member) => member switch
    {
        MethodBase method => Array.Exists(GeneratedMembers.Methods, known =>
            known.Name == method.Name && known.Parameters.SequenceEqual(method.GetParameters().Select(parameter => parameter.ParameterType.Name))),
        PropertyInfo property when property.Name.EndsWith("Weight", StringComparison.Ordinal)
            || property.Name.EndsWith("Bias", StringComparison.Ordinal) => true,
        _ => GeneratedMembers.Values.Contains(member.Name),
    };
}
