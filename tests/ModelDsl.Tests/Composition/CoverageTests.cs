using ModelDsl.Compositions;

namespace ModelDsl.Tests.Composition;

/// <summary>No layer is forgotten in the compositions.</summary>
public sealed class CoverageTests
{
    private static readonly Type[] Composed =
        [.. LayerChoices.All.Select(choice => choice.Attribute), .. LossChoices.All.Select(choice => choice.Attribute)];

    public static TheoryData<Type> Attributes =>
        [.. typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Every_layer_is_composed_or_excepted_with_a_reason(Type attribute)
    {
        bool isExcepted = LayerChoices.Exceptions.TryGetValue(attribute, out string? reason);
        Assert.True(
            Composed.Contains(attribute) != isExcepted,
            $"{attribute.Name} needs an entry in {nameof(LayerChoices)} or {nameof(LossChoices)}, or a reason in {nameof(LayerChoices.Exceptions)}");
        Assert.True(!isExcepted || reason!.Length > 10);
    }

    [Fact]
    public void Every_choice_is_drawn()
    {
        string all = string.Concat(Enumerable.Range(1, CompositionTests.Models).Select(seed => ModelComposer.Compose(seed).Source));
        Assert.All(Composed, attribute =>
        {
            string kind = attribute.Name.Split("Attribute")[0];
            int commas = Math.Max(attribute.GetGenericArguments().Length - 1, 0);
            string arguments = attribute.IsGenericType ? "<[^,>]*" + string.Concat(Enumerable.Repeat(",[^,>]*", commas)) + ">" : "";
            Assert.Matches($@"[\[ ]{kind}{arguments}[\],\(]", all);
        });
    }

    [Fact]
    public void Same_seed_gives_the_same_model() =>
        Assert.Equal(ModelComposer.Compose(17), ModelComposer.Compose(17));
}
