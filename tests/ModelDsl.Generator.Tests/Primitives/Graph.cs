using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>A model of primitives, as a method's expressions would declare it.</summary>
internal sealed class Graph
{
    /// <summary>The namespace of the classes that hold the arguments of primitives.</summary>
    public const string Namespace = "ModelDsl.Generator.Layers.Primitives";

    private readonly List<LayerDeclaration> _layers = [];

    public Graph(params int[] input)
    {
        LayerCatalog.Add(new ParameterLayer());
        Input = input;
        _layers.Add(new LayerDeclaration(
            "ModelDsl.InputAttribute", "Input", [new("dimensions", null, [.. input])], [], IsWellFormed: true));
    }

    /// <summary>The shape of a sample.</summary>
    public int[] Input { get; }

    /// <summary>The shapes of the parameters.</summary>
    public List<int[]> Parameters { get; } = [];

    /// <summary>Whether the samples are tokens.</summary>
    public bool IsOfTokens
    {
        init
        {
            if (value)
            {
                _layers[0] = _layers[0] with { Arguments = [.. _layers[0].Arguments, new("Type", 1, [])] };
            }
        }
    }

    /// <summary>What the model's own attribute says.</summary>
    public string Options { get; init; } = "InputGradient = true";

    /// <summary>Adds a parameter and returns its number.</summary>
    public int Parameter(params int[] shape)
    {
        Parameters.Add(shape);
        return Add(new LayerDeclaration(
            ParameterLayer.Attribute, "parameter", [new("dimensions", null, [.. shape])], [], IsWellFormed: true), [0]);
    }

    /// <summary>Adds a primitive and returns its number.</summary>
    /// <param name="kind">Its kind: <c>Transpose</c>.</param>
    /// <param name="sources">What it takes.</param>
    /// <param name="arguments">Its arguments by name.</param>
    public int Apply(string kind, LayerSource[] sources, params (string Name, object Value)[] arguments) => Add(
        new LayerDeclaration(
            $"{Namespace}.{kind}Attribute",
            $"{kind}({string.Join(", ", sources.Select(source => $"value{source.Layer}"))})",
            [.. arguments.Select(argument => ArgumentOf(argument.Name, argument.Value))],
            [],
            IsWellFormed: true)
        {
            Origin = LayerOrigin.Expression,
        },
        sources);

    /// <summary>Adds a layer as an attribute of its class and returns its number.</summary>
    public int Layer(string kind, int source, params (string Name, object Value)[] arguments) => Add(
        new LayerDeclaration(
            $"ModelDsl.{kind}Attribute", kind, [.. arguments.Select(argument => ArgumentOf(argument.Name, argument.Value))],
            [], IsWellFormed: true),
        [source]);

    /// <summary>The model as the compiler checks it.</summary>
    public CheckedModel Check() => ModelCompiler.CheckAnew(Declaration, CancellationToken.None);

    /// <summary>The class that the author has written, which bears the generated half.</summary>
    public string Source => $"[Model({Options}), Input(4), Flatten, MeanSquaredError] public partial class Net;";

    private ModelDeclaration Declaration
    {
        get
        {
            INamedTypeSymbol type = TestCompiler.CreateCompilation(Source).GetTypeByMetadataName("Net")!;
            return ModelParser.Parse(type, CancellationToken.None).Declaration with
            {
                Layers =
                [
                    .. _layers,
                    new LayerDeclaration("ModelDsl.MeanSquaredErrorAttribute", "MeanSquaredError", [], [], IsWellFormed: true),
                ],
            };
        }
    }

    private int Add(LayerDeclaration layer, LayerSource[] sources)
    {
        _layers.Add(layer with { Sources = [.. sources] });
        return _layers.Count - 1;
    }

    private static LayerArgument ArgumentOf(string name, object value) =>
        value is int[] list ? new(name, null, [.. list]) : new(name, value, []);

    /// <summary>A parameter, whatever flows in.</summary>
    private sealed class ParameterLayer : LayerDefinition
    {
        public const string Attribute = "ModelDsl.TestParameterAttribute";

        public override string AttributeType => Attribute;

        public override TensorShape? InferShape(LayerContext layer) =>
            new TensorShape(layer.Declaration.Find("dimensions")!.Elements) with { IsFixed = true };

        public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
            program.Parameter(layer, "weight", layer.Output, Lowering.Initialization.Of(1f));
    }
}
