using ModelDsl.Compositions;

namespace ModelDsl.Tests.Composition;

/// <summary>
/// Hundreds of random models of all layers and compositions, against the reference in double precision.
/// </summary>
public sealed class CompositionTests
{
    internal const int Models = 240;
    internal const int ModelsThatShare = 60;
    private const ulong Seed = 7;

    private static readonly ComposedModel[] Composed =
    [
        .. Enumerable.Range(1, Models + ModelsThatShare).Select(seed => ModelComposer.Compose(seed, withSharing: seed > Models)),
    ];

    private static readonly Lazy<CompiledCompositions> Planned = new(() => CompiledCompositions.Compile(Composed));

    private static readonly Lazy<CompiledCompositions> Separate = new(() => CompiledCompositions.Compile(Composed, "Separate"));

    public static TheoryData<int> Seeds => [.. Composed.Select(model => model.Seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_model_matches_the_reference(int seed)
    {
        ComposedModel composed = Composed[seed - 1];
        new CompositionCheck(composed).Matches(Planned.Value.Create(composed, Seed), Seed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Planned_memory_gives_the_bits_of_separate_memory(int seed)
    {
        ComposedModel composed = Composed[seed - 1];
        new CompositionCheck(composed).HasTheBitsOf(
            Separate.Value.Create(composed, Seed), Planned.Value.Create(composed, Seed));
    }

    [Fact]
    public void Many_models_share_weights() =>
        Assert.InRange(
            Composed.Count(composed => composed.Source.Contains("Shared = true", StringComparison.Ordinal)), ModelsThatShare / 4, ModelsThatShare);

    // Else a wrong gradient could hide behind what rounding is allowed to do.
    [Fact]
    public void Most_models_are_held_to_three_digits_and_more()
    {
        int tight = Composed.Count(
            composed => new CompositionCheck(composed).IsTight(Planned.Value.Create(composed, Seed), Seed));
        Assert.True(tight > Composed.Length * 0.7, $"only {tight} of {Composed.Length} models");
    }
}
