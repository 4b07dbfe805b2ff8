using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
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
        INamedTypeSymbol type = ModelCompiler.Compile($"{attributes} public partial class Sample;").GetTypeByMetadataName("Sample")!;
        ISymbol[] members = [.. type.GetMembers().Where(IsWritten)];
        Assert.True(members.Length > 10);
        Assert.All(members, member => Assert.True(IsKnown(member), $"{member} is not in {nameof(GeneratedMembers)}"));
    }

    // Not what the C# compiler makes of properties, static initialisers and explicit implementations; nor the parts of a long
    // program, which are numbered.
    private static bool IsWritten(ISymbol member) =>
        !Regex.IsMatch(member.Name, @"^(TrainForward|TrainBackward|InferPart)\d+$")
        && !member.IsImplicitlyDeclared
        && member is not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) };

    private static bool IsKnown(ISymbol member) =>
        GeneratedMembers.Collides(member)
        || member.Name.EndsWith("Weight", StringComparison.Ordinal)
        || member.Name.EndsWith("Bias", StringComparison.Ordinal);
}
