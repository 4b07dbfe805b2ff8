namespace ModelDsl.Analyzers.Tests;

public sealed class BrokenModelTests
{
    [Fact]
    public Task Uses_of_a_broken_model_report_nothing_but_the_broken_rule() =>
        Diagnose.Reports(
            """
            [Model, {|from:Input(28, 28)|}, {|MDL0012:Dense(10)|}, SoftmaxCrossEntropy]
            public partial class Linear;

            public static class Program
            {
                public static float[] Main(Dataset data)
                {
                    var model = new Linear(seed: 42);
                    var trainer = new Trainer<Linear>(model, new Adam { LearningRate = 1e-3f });
                    trainer.Fit(data, epochs: 10, batchSize: 128, validationSplit: 0.2f);
                    model.Save("linear.safetensors");
                    model = Linear.Load("linear.safetensors");
                    model.Parameters.Clear();
                    return model.Predict(new float[Linear.Architecture.InputShape.Count]).ToArray();
                }
            }
            """,
            "Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Fact]
    public Task Generic_nested_broken_model_reports_nothing_but_the_broken_rule() =>
        Diagnose.Reports(
            """
            namespace Models;

            public partial record Outer<T>
            {
                [Model, {|from:Input(28, 28)|}, {|MDL0012:Dense(10)|}, SoftmaxCrossEntropy]
                private partial class Linear<TOther>;

                public static IModel Create() => new Linear<int>();
            }
            """,
            "Dense expects a vector, but its input is 28x28 from [Input(28, 28)]; add [Flatten] before it");

    [Theory]
    [InlineData("Input(3), Tanh")]
    [InlineData("Input(3, Type = ElementType.Token), Embedding(9, 4), SelfAttention(Causal = true), Dense(9)")]
    public void Broken_model_has_the_public_members_of_a_sound_one(string layers)
    {
        string[] sound = [.. PublicMembers($"[Model, {layers}, SoftmaxCrossEntropy] public partial class Squash;")];
        string[] broken = [.. PublicMembers($"[Model, {layers}] public partial class Squash;")];
        Assert.True(sound.Length > 10);

        // What is wrong may be what decides whether the model can generate, so that a broken one has those members in
        // any case.
        IEnumerable<string> missing = sound.Except(broken);
        Assert.All(missing, member => Assert.Matches("(Weight|Bias)(.get)?$", member));
    }

    private static IEnumerable<string> PublicMembers(string source) =>
        TestCompiler.Compile(source).GetTypeByMetadataName("Squash")!.GetMembers()
            .Where(member => member.DeclaredAccessibility != Accessibility.Private && !member.IsImplicitlyDeclared)
            .Select(member => member.ToDisplayString())
            .Order(StringComparer.Ordinal);
}
