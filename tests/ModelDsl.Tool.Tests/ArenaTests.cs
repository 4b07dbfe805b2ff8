using System.Xml.Linq;
using ModelDsl.Generator;

namespace ModelDsl.Tool.Tests;

public sealed class ArenaTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void No_two_values_have_the_same_place_at_the_same_time_in_any_test_model()
    {
        foreach (CheckedModel model in Explanations.TestModels)
        {
            foreach (ModelProgram program in Enum.GetValues<ModelProgram>())
            {
                if (Explanations.Of(model, program)?.Arena is { } arena)
                {
                    Assert.All(arena.Values, value => Assert.True(value.Offset + value.Bytes <= arena.Bytes));
                    AssertApart(arena.Values, $"{model.Declaration.Name}, {program}");
                }
            }
        }
    }

    [Fact]
    public void A_value_lives_from_the_operation_that_writes_it_to_the_last_that_reads_it()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(4), Dense(16), Tanh, Dense(3), MeanSquaredError] public partial class Net;");

        ExplainedValue hidden = model.Arena.Values.Single(value => value.Name == "tanh1");
        Assert.Equal(0, hidden.First);
        ExplainedOperation last =
            model.Operations.Last(operation => operation.Text.Contains("tanh1", StringComparison.Ordinal));
        Assert.Equal(last.Number, hidden.Last);
        Assert.Equal(sizeof(float) * 16 * 10, hidden.Bytes);

        // The outputs are read after the program.
        Assert.Equal(
            model.Operations.Count, model.Arena.Values.Single(value => value.Name == "dense2").Last);
    }

    [Fact]
    public void The_drawing_has_a_rectangle_for_each_value_in_proportion()
    {
        ModelExplanation model = Explanations.Of(
            "[Model, Input(4), Dense(16), Tanh, Dense(64), Tanh, Dense(3), MeanSquaredError] partial class Net;");

        XElement drawing = XDocument.Parse(ArenaDrawing.Draw(model)).Root!;

        XElement[] groups =
            [.. drawing.Elements(Svg + "g").Where(group => (string?)group.Attribute("class") == "value")];
        Assert.Equal(model.Arena.Values.Count, groups.Length);
        double[] scales =
        [
            .. groups.Zip(
                model.Arena.Values,
                (group, value) => (double)group.Element(Svg + "rect")!.Attribute("height")! / value.Bytes),
        ];
        Assert.All(scales, scale => Assert.Equal(scales[0], scale, 0.01 * scales[0]));
        Assert.All(
            groups.Zip(model.Arena.Values),
            pair => Assert.StartsWith(
                $"{pair.Second.Name} [", pair.First.Element(Svg + "title")!.Value, StringComparison.Ordinal));
    }

    private static void AssertApart(IReadOnlyList<ExplainedValue> values, string where)
    {
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = i + 1; j < values.Count; j++)
            {
                (ExplainedValue a, ExplainedValue b) = (values[i], values[j]);
                bool atOnce = a.First <= b.Last && b.First <= a.Last;
                bool sharing = a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes;
                Assert.False(atOnce && sharing, $"{where}: {a} and {b}");
            }
        }
    }
}
