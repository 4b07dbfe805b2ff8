using System.Text.RegularExpressions;

namespace ModelDsl.Generator.Tests.Emission;

public sealed partial class LongModelTests
{
    // Written out, as copies of a block would share one method.
    private static readonly string Deep =
        $"""
        [Model, Input(3)]
        [{string.Join(", ", Enumerable.Repeat("Dense(3), Tanh", 120))}]
        [MeanSquaredError]
        internal partial class Deep;
        """;

    [Fact]
    public void A_long_program_is_split_into_methods_that_can_be_optimised()
    {
        string code = TestCompiler.GenerateSingle(Deep);

        Assert.Contains("TrainForward3(samples, batch);", code, StringComparison.Ordinal);
        Assert.Contains("private void TrainBackward5(", code, StringComparison.Ordinal);
        Assert.Contains("InferPart3(samples, batch);", code, StringComparison.Ordinal);
        IEnumerable<int> callsInAMethod = Methods().Split(code).Select(body => KernelCalls().Count(body));
        Assert.All(callsInAMethod, count => Assert.InRange(count, 0, 50));
    }

    [Fact]
    public void A_split_program_computes_what_its_layers_say()
    {
        var model = (IModel)Activator.CreateInstance(TestCompiler.Load(Deep).GetType("Deep")!, 1UL)!;
        float[] expected = [0.5f, -0.25f, 1f];
        float[] samples = [.. expected];
        for (int cell = 0; cell < 120; cell++)
        {
            ReadOnlySpan<float> weight = Parameter(model, $"dense{cell + 1}.weight");
            ReadOnlySpan<float> bias = Parameter(model, $"dense{cell + 1}.bias");
            float[] next = new float[3];
            for (int row = 0; row < 3; row++)
            {
                double sum = bias[row];
                for (int column = 0; column < 3; column++)
                {
                    sum += (double)weight[(row * 3) + column] * expected[column];
                }

                next[row] = (float)Math.Tanh(sum);
            }

            expected = next;
        }

        float[] outputs = model.Predict(samples).ToArray();

        Assert.Equal(expected, outputs, (left, right) => Math.Abs(left - right) < 1e-4f);
    }

    private static ReadOnlySpan<float> Parameter(IModel model, string name)
    {
        ParameterDescription parameter = model.Description.Parameters.Single(candidate => candidate.Name == name);
        return model.Parameters.Slice(parameter.Offset, parameter.Shape.Count);
    }

    [GeneratedRegex("^    private ", RegexOptions.Multiline)]
    private static partial Regex Methods();

    [GeneratedRegex("MatrixMultiplication\\.")]
    private static partial Regex KernelCalls();
}
