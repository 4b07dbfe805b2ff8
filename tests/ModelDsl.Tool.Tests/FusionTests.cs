using ModelDsl.Generator;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Tool.Tests;

public sealed class FusionTests
{
    [Fact]
    public void What_is_fused_is_listed_with_what_makes_the_rows_first()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(4), Dense(16), Relu, Dropout(0.1f), Dense(3), SoftmaxCrossEntropy] partial class Net;");

        Assert.Equal(
            ["[batch, 4] · [16, 4]ᵀ + [16] → [batch, 16]", "Relu", "dropout of 0.1"], model.Operations[0].Fused);
        Assert.Empty(model.Operations[1].Fused);
        Assert.Empty(model.Refusals);
    }

    [Theory]
    [InlineData("x.Tanh().Dense(3)", nameof(FusionObstacle.NothingMakesSource), "samples is there before the program")]
    [InlineData(
        "x.Dense(4).Softmax().Exp().Dense(3)",
        nameof(FusionObstacle.MakerTakesNoStages),
        "the kernel that makes softmax1 does not finish rows")]
    [InlineData(
        "x.Dense(12).Reshape(2, 6).Tanh().Reshape(12)",
        nameof(FusionObstacle.OtherRows),
        "it counts in rows of 6, and dense1 is made in rows of another width")]
    public void The_reason_of_a_refusal_is_told(string body, string obstacle, string reason)
    {
        ModelExplanation model = Explanations.Of(
            $$"""
            [Model, Input(8), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x) => {{body}};
            }
            """,
            program: ModelProgram.Inference);

        ExplainedRefusal refusal = Assert.Single(model.Refusals);
        Assert.Equal(obstacle, refusal.Obstacle);
        Assert.Equal(reason, refusal.Reason);
    }

    [Fact]
    public void One_of_two_readers_of_a_value_is_fused_and_the_other_refused()
    {
        ModelExplanation model = Explanations.Of(
            """
            [Model, Input(8), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x)
                {
                    Tensor y = x.Dense(4);
                    return (y.Tanh(), y.Sigmoid()).Concat().Dense(3);
                }
            }
            """,
            program: ModelProgram.Inference);

        Assert.Contains("Tanh", model.Operations[0].Fused);
        ExplainedRefusal refusal = Assert.Single(model.Refusals);
        Assert.Equal(nameof(FusionObstacle.AnotherIsFused), refusal.Obstacle);
        Assert.Equal("sigmoid1", refusal.Layer);
        Assert.Equal("dense1 → tanh1", refusal.Maker);
    }

    [Fact]
    public void What_reads_a_value_that_is_made_later_is_refused()
    {
        ModelExplanation model = Explanations.Of(
            """
            [Model, Input(8), MeanSquaredError]
            public partial class Net
            {
                private static Tensor Forward(Tensor x)
                {
                    Tensor y = x.Dense(4);
                    Tensor gate = x.Dense(1);
                    return y * gate;
                }
            }
            """,
            program: ModelProgram.Inference);

        ExplainedRefusal refusal = Assert.Single(model.Refusals);
        Assert.Equal(nameof(FusionObstacle.OperandIsMadeLater), refusal.Obstacle);
    }

    [Fact]
    public void Each_reason_holds_for_the_programs_of_all_test_models()
    {
        var seen = new HashSet<FusionObstacle>();
        foreach (CheckedModel model in Explanations.TestModels)
        {
            FusedModel fused = FusedModel.From(model.Differentiated!, CancellationToken.None);
            foreach (IReadOnlyList<Operation> program in (IReadOnlyList<Operation>[])[fused.Training, fused.Inference])
            {
                IReadOnlyList<FusionRefusal> refusals = FusionRefusal.Find(program, CancellationToken.None);

                Assert.Equal(program.Count(operation => operation.Parts.First() is StageOperation), refusals.Count);
                Assert.All(refusals, refusal => AssertHolds(refusal, program));
                seen.UnionWith(refusals.Select(refusal => refusal.Obstacle));
            }
        }

        Assert.Equal(Enum.GetValues<FusionObstacle>().Order(), seen.Order());
    }

    private static void AssertHolds(FusionRefusal refusal, IReadOnlyList<Operation> program)
    {
        Value source = refusal.Stage.Source.Root;
        switch (refusal.Obstacle)
        {
            case FusionObstacle.NothingMakesSource:
                Assert.DoesNotContain(program, operation => operation.Writes.Any(value => value.Root == source));
                break;
            case FusionObstacle.AnotherIsFused:
                Assert.Contains(
                    refusal.Maker!.Parts.OfType<StageOperation>(),
                    stage => stage.Source.Root == source && stage != refusal.Stage);
                break;
            case FusionObstacle.OperandIsMadeLater:
                int maker = program.ToList().IndexOf(refusal.Maker!);
                Assert.DoesNotContain(
                    program.Take(maker).SelectMany(operation => operation.Writes),
                    value => value.Root == refusal.Operand!.Root);
                break;
            case FusionObstacle.OtherRows:
                Assert.NotEqual(
                    refusal.Stage.Columns,
                    refusal.Maker!.Parts.First() is HostOperation host
                        ? host.Columns
                        : refusal.Maker.Parts.OfType<StageOperation>().First().Columns);
                break;
            default:
                Assert.DoesNotContain(
                    refusal.Maker!.Parts,
                    part => part is StageOperation || (part as HostOperation)?.Result.Root == source);
                break;
        }
    }
}
