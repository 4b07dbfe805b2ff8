using System.Globalization;
using System.Xml.Linq;

namespace ModelDsl.Runtime.Tests.Training;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_line_has_its_points_in_order_and_higher_values_above()
    {
        (double X, double Y)[] points =
            Points(Draw(new LineChart("t", "x", [new("a", [(0, 1), (1, 3), (2, 2)])]))).Single();
        Assert.Equal(3, points.Length);
        Assert.True(points[0].X < points[1].X && points[1].X < points[2].X);
        Assert.Equal(points[1].X, (points[0].X + points[2].X) / 2, 0.01);

        // The vertical axis of a picture runs downwards.
        Assert.True(points[1].Y < points[2].Y && points[2].Y < points[0].Y);
        Assert.Equal(points[2].Y, (points[0].Y + points[1].Y) / 2, 0.01);
    }

    [Fact]
    public void Equal_factors_are_equal_distances_on_a_logarithmic_axis()
    {
        var chart = new LineChart("t", "x", [new("a", [(1e-3, 1e-30), (1e-2, 1e-10), (1, 1e10)])])
        {
            IsHorizontalLogarithmic = true,
            IsVerticalLogarithmic = true,
        };
        (double X, double Y)[] points = Points(Draw(chart)).Single();
        Assert.Equal(2, (points[2].X - points[1].X) / (points[1].X - points[0].X), 1e-3);
        Assert.Equal(1, (points[2].Y - points[1].Y) / (points[1].Y - points[0].Y), 1e-3);
    }

    [Fact]
    public void What_has_no_place_on_an_axis_is_a_gap_and_a_point_alone_is_a_dot()
    {
        ChartLine line = new("a", [(0, 1), (1, 0), (2, double.NaN), (3, 2), (4, 3), (5, double.PositiveInfinity)]);
        (double X, double Y)[][] runs =
            [.. Points(Draw(new LineChart("t", "x", [line]) { IsVerticalLogarithmic = true }))];
        Assert.Equal([2, 2], runs.Select(run => run.Length));
        Assert.Equal(runs[0][0], runs[0][1]);
        Assert.NotEqual(runs[1][0], runs[1][1]);
    }

    [Fact]
    public void Names_of_any_characters_stay_text()
    {
        XElement picture = Draw(new LineChart("<t>&", "\u0007", [new("a<b & \"c\"", [(0, 1)])]));
        string[] texts = [.. picture.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Contains("<t>&", texts);
        Assert.Contains("a<b & \"c\"", texts);
        Assert.Contains("\\u0007", texts);
    }

    [Fact]
    public void Of_many_lines_the_legend_has_some_and_the_colours_run()
    {
        XElement picture = Draw(new LineChart(
            "t", "x", [.. Enumerable.Range(0, 100).Select(i => new ChartLine($"line {i}", [(0, i), (1, i)]))]));
        Assert.Equal(100, Points(picture).Count());
        string[] legend =
        [
            .. picture.Descendants(Svg + "text")
                .Select(text => text.Value)
                .Where(text => text.StartsWith("line", StringComparison.Ordinal)),
        ];
        Assert.Equal("line 0", legend[0]);
        Assert.InRange(legend.Length, 10, 18);
        string?[] colours = [.. picture.Descendants(Svg + "polyline").Select(line => line.Attribute("stroke")?.Value)];
        Assert.Equal(("#440154", "#c8c828"), (colours[0], colours[^1]));
        Assert.Equal(100, colours.Distinct().Count());
    }

    [Theory]
    [InlineData(0, 1, "0,0.2,0.4,0.6,0.8,1")]
    [InlineData(-3, 42, "0,10,20,30,40")]
    [InlineData(5, 5, "3,4,5,6,7")]
    [InlineData(0, 0, "-1,-0.5,0,0.5,1")]
    public void Ticks_are_round_numbers(double start, double end, string expected) =>
        Assert.Equal(expected, Ticks(ChartAxis.Of([start, end], isLogarithmic: false)));

    [Theory]
    [InlineData(1e-7, 10, "1E-06,0.0001,0.01,1")]
    [InlineData(0.1, 100, "0.1,1,10,100")]
    public void Ticks_of_a_logarithmic_axis_are_powers_of_ten(double start, double end, string expected) =>
        Assert.Equal(expected, Ticks(ChartAxis.Of([start, end], isLogarithmic: true)));

    [Fact]
    public void Whatever_is_drawn_is_a_picture_within_its_borders()
    {
        Gen<(double, double)[][]> anyLines = Gen.Select(Gen.Double, Gen.Double).Array[0, 8].Array[0, 4];
        Gen.Select(anyLines, Gen.Bool, Gen.Bool).Sample((lines, across, up) =>
        {
            var chart = new LineChart("t", "x", [.. lines.Select((line, i) => new ChartLine($"{i}", [.. line]))])
            {
                IsHorizontalLogarithmic = across,
                IsVerticalLogarithmic = up,
            };
            foreach ((double x, double y) in Points(Draw(chart)).SelectMany(points => points))
            {
                Assert.InRange(x, 0, 900);
                Assert.InRange(y, 0, 300);
            }
        });
    }

    [Fact]
    public void A_range_test_is_drawn_with_its_suggestion()
    {
        LearningRatePoint[] points =
        [
            .. Enumerable.Range(0, 20)
                .Select(i => new LearningRatePoint(MathF.Pow(10, -5 + (i / 5f)), 3 - (0.1 * i), 3)),
        ];
        XElement picture = Draw(new LearningRateRange([.. points], 1e-3f).ToSvg());
        Assert.Equal([20, 20], Points(picture).Select(line => line.Length));
        Assert.Single(picture.Descendants(Svg + "line"), line => line.Attribute("stroke")?.Value == "#c00");
        Assert.Empty(Points(Draw(new LearningRateRange([], null).ToSvg())));
    }

    [Fact]
    public void Statistics_are_drawn_as_a_line_for_each_tensor()
    {
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        var statistics = new TrainingStatistics();
        Assert.Empty(Points(Draw(statistics.ToSvg())));
        for (int step = 1; step <= 3; step++)
        {
            model.Gradients[0] = step;
            model.Gradients[16] = -0.5f;
            statistics.Add(model, step);
        }

        XElement picture = Draw(statistics.ToSvg());
        Assert.Equal([3, 3], Points(picture).Select(line => line.Length));
        Assert.Contains("dense1.bias", picture.Descendants(Svg + "text").Select(text => text.Value));
    }

    private static string Ticks(ChartAxis axis) =>
        string.Join(',', axis.Ticks.Select(tick => tick.ToString("G6", CultureInfo.InvariantCulture)));

    private static XElement Draw(LineChart chart) => Draw(LineChart.ToSvg(chart));

    private static XElement Draw(string svg) => XElement.Parse(svg);

    private static IEnumerable<(double X, double Y)[]> Points(XElement picture) =>
        picture.Descendants(Svg + "polyline").Select(line => line.Attribute("points")!.Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(point => point.Split(','))
            .Select(point => (
                double.Parse(point[0], CultureInfo.InvariantCulture),
                double.Parse(point[1], CultureInfo.InvariantCulture)))
            .ToArray());
}
