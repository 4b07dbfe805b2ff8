namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Functions of one element, comparisons and choices, and their gradients.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("Negate")]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Sqrt")]
    [InlineData("Square")]
    [InlineData("Abs")]
    [InlineData("Sin")]
    [InlineData("Cos")]
    [InlineData("Reciprocal")]
    [InlineData("Sign")]
    public void Function_of_each_element_has_its_gradient(string kind)
    {
        Func<double, double> function = kind switch
        {
            "Negate" => x => -x,
            "Exp" => Math.Exp,
            "Log" => Math.Log,
            "Sqrt" => Math.Sqrt,
            "Square" => x => x * x,
            "Abs" => Math.Abs,
            "Sin" => Math.Sin,
            "Cos" => Math.Cos,
            "Reciprocal" => x => 1 / x,
            _ => x => Math.Sign(x),
        };
        bool isOfPositive = kind is "Log" or "Sqrt" or "Reciprocal";
        var graph = new Graph(3, 7);
        int scaled = graph.Apply("Multiply", [0, graph.Parameter(7)]);
        graph.Apply(kind, [scaled]);
        GraphCheck.Run(
            graph,
            (x, p) => x.With(p[0], (a, b) => a * b).Map(function),
            low: isOfPositive ? 0.5 : -1.5);
    }

    [Theory]
    [InlineData("Less")]
    [InlineData("LessOrEqual")]
    [InlineData("Greater")]
    [InlineData("GreaterOrEqual")]
    public void Comparison_gives_1_or_0_and_no_gradient(string kind)
    {
        Func<double, double, double> function = kind switch
        {
            "Less" => (x, y) => x < y ? 1 : 0,
            "LessOrEqual" => (x, y) => x <= y ? 1 : 0,
            "Greater" => (x, y) => x > y ? 1 : 0,
            _ => (x, y) => x >= y ? 1 : 0,
        };
        var graph = new Graph(4, 3);
        int parameter = graph.Parameter(3);
        int left = graph.Apply(kind, [0, parameter]);
        int right = graph.Apply(kind, [parameter, 0]);
        int number = graph.Apply(kind, [0], ("HasNumber", true), ("Number", 0.25), ("NumberIsLeft", true));
        int same = graph.Apply(kind, [0, 0]);
        int sum = graph.Apply("Add", [left, right]);
        int more = graph.Apply("Add", [number, same]);
        int total = graph.Apply("Add", [sum, more]);
        graph.Apply("Multiply", [total, 0]);
        GraphCheck.Run(graph, (x, p) =>
        {
            NaiveTensor both = x.With(p[0], function).With(p[0].With(x, function), (a, b) => a + b);
            NaiveTensor rest = x.Map(value => function(0.25, value) + function(value, value));
            return both.With(rest, (a, b) => a + b).With(x, (a, b) => a * b);
        });
    }

    [Fact]
    public void Choice_gives_its_gradient_to_what_was_chosen()
    {
        var graph = new Graph(4, 3);
        int first = graph.Parameter(3), second = graph.Parameter(4, 1);
        int condition = graph.Apply("Greater", [0], ("HasNumber", true), ("Number", 0.0));
        int chosen = graph.Apply("Where", [condition, first, 0]);
        graph.Apply("Where", [condition, chosen, second]);
        GraphCheck.Run(
            graph,
            (x, p) => x.With(
                x.With(p[0].With(x, (a, _) => a), (a, b) => a > 0 ? b : a), (a, b) => a > 0 ? b : 0)
                .With(p[1].With(x, (b, a) => a > 0 ? 0 : b), (a, b) => a + b));
    }

    [Fact]
    public void Choice_may_be_of_numbers()
    {
        var graph = new Graph(4, 3);
        int condition = graph.Apply("Less", [0], ("HasNumber", true), ("Number", 0.5));
        int second = graph.Apply("Where", [condition, 0], ("HasSecondNumber", true), ("SecondNumber", -2.0));
        int first = graph.Apply("Where", [condition, 0], ("HasFirstNumber", true), ("FirstNumber", 3));
        int both = graph.Apply(
            "Where", [condition],
            ("HasFirstNumber", true), ("FirstNumber", 5.0), ("HasSecondNumber", true), ("SecondNumber", 7.0));
        int product = graph.Apply("Multiply", [first, second]);
        graph.Apply("Add", [product, both]);
        GraphCheck.Run(graph, (x, _) => x.Map(value => value < 0.5 ? (value * 3) + 5 : (-2 * value) + 7));
    }

    [Fact]
    public void Infinity_masks()
    {
        var graph = new Graph(4);
        int condition = graph.Apply("Greater", [0], ("HasNumber", true), ("Number", 0.0));
        int masked = graph.Apply(
            "Where", [condition, 0], ("HasSecondNumber", true), ("SecondNumber", double.NegativeInfinity));
        graph.Apply("Exp", [masked]);
        GraphCheck.Run(graph, (x, _) => x.Map(value => value > 0 ? Math.Exp(value) : 0));
    }
}
