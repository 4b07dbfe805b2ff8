using System.Globalization;
using System.Reflection;
using ModelDsl.Compositions;
using ModelDsl.Tests.Reference.Methods;

namespace ModelDsl.Tests.Composition;

/// <summary>
/// Random forward methods, whose text is compiled once by the generator and once to be run in double
/// precision. The variable MODELDSL_METHODS asks for another number than the usual one.
/// </summary>
public sealed class MethodCompositionTests
{
    private const int MethodsByDefault = 120;

    // As many as have every operation among them.
    private const int MethodsWithEverything = 300;
    private const ulong Seed = 7;

    private static readonly ComposedModel[] Composed =
    [
        .. Enumerable.Range(
                1,
                int.TryParse(
                    Environment.GetEnvironmentVariable("MODELDSL_METHODS"),
                    CultureInfo.InvariantCulture,
                    out int number)
                    ? number
                    : MethodsByDefault)
            .Select(ModelComposer.ComposeMethods),
    ];

    // The compiler makes other operations of it, which are drawn.
    private static readonly HashSet<string> NotDrawn = ["Einsum"];

    // Laid out as planned, and filled with NaN as soon as nothing should read it any more.
    private static readonly Lazy<CompiledCompositions> Poisoned =
        new(() => CompiledCompositions.Compile(Composed, "Poisoned"));

    private static readonly Lazy<CompiledCompositions> Separate =
        new(() => CompiledCompositions.Compile(Composed, "Separate"));

    private static readonly Lazy<Assembly> Twins =
        new(() => MethodTwins.Compile(Composed.Select(composed => composed.Source), typeof(MnistMlp).Assembly));

    public static TheoryData<int> Seeds => [.. Composed.Select(model => model.Seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_method_matches_what_it_gives_when_it_is_run(int seed) =>
        CheckOf(seed).Matches(Poisoned.Value.Create(Composed[seed - 1], Seed), Seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Planned_memory_gives_the_bits_of_separate_memory(int seed) => CheckOf(seed).HasTheBitsOf(
        Separate.Value.Create(Composed[seed - 1], Seed), Poisoned.Value.Create(Composed[seed - 1], Seed));

    [Fact]
    public void Most_methods_are_held_to_three_digits_and_more()
    {
        int tight =
            Composed.Count(composed => CheckOf(composed.Seed).IsTight(Poisoned.Value.Create(composed, Seed), Seed));
        Assert.True(tight > Composed.Length * 0.7, $"only {tight} of {Composed.Length} methods");
    }

    [Fact]
    public void Every_operation_is_drawn()
    {
        string all = string.Concat(
            Enumerable.Range(1, MethodsWithEverything).Select(seed => ModelComposer.ComposeMethods(seed).Source));
        IEnumerable<string> operations = typeof(Tensor)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method =>
                !method.IsSpecialName && typeof(ReferenceTensor).GetMethods().Any(other => other.Name == method.Name))
            .Select(method => method.Name)
            .Except(NotDrawn);
        Assert.All(operations, operation => Assert.Contains($".{operation}", all, StringComparison.Ordinal));
    }

    private static CompositionCheck CheckOf(int seed) =>
        new(Composed[seed - 1], Twins.Value.GetType(Composed[seed - 1].Name, throwOnError: true)!);
}
