using System.Reflection;
using System.Runtime.Loader;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>
/// Models of declarations that are made by hand: operands first, which are parts of each sample or parameters, then
/// what is computed of them.
/// </summary>
internal sealed class PrimitiveModel
{
    private const string PartType = "ModelDsl.Tests.PartAttribute";
    private const string FixedType = "ModelDsl.Tests.FixedAttribute";

    private readonly List<LayerDeclaration> _layers = [];
    private readonly List<int[]> _operands = [];
    private int _samples;

    static PrimitiveModel()
    {
        LayerCatalog.Add(new PartLayer());
        LayerCatalog.Add(new FixedLayer());
    }

    /// <summary>What <c>[Model(...)]</c> says besides.</summary>
    public string Options { get; init; } = "InputGradient = true";

    public int Samples => _samples;

    /// <summary>An operand that is a part of each sample.</summary>
    public PrimitiveModel Part(params int[] dimensions)
    {
        _layers.Add(Operand(PartType, dimensions, [new LayerArgument("start", _samples, [])]));
        _samples += dimensions.Aggregate(1, (product, extent) => product * extent);
        _operands.Add(dimensions);
        return this;
    }

    /// <summary>An operand that is a parameter.</summary>
    public PrimitiveModel Fixed(params int[] dimensions)
    {
        _layers.Add(Operand(FixedType, dimensions, []));
        _operands.Add(dimensions);
        return this;
    }

    /// <summary>A layer over outputs of those before it, counted from 1.</summary>
    public PrimitiveModel Then(Type attribute, int[] sources, params (string Name, object Value)[] arguments) =>
        Then(attribute.FullName!, sources, arguments);

    /// <summary>As the other; of an attribute that the runtime has too, by its name.</summary>
    public PrimitiveModel Then(string attribute, int[] sources, params (string Name, object Value)[] arguments)
    {
        _layers.Add(new LayerDeclaration(
            attribute,
            LayerDeclaration.KindOf(attribute),
            [.. arguments.Select(argument => new LayerArgument(
                argument.Name,
                argument.Value is int[] ? null : argument.Value,
                argument.Value is int[] elements ? [.. elements] : []))],
            [],
            IsWellFormed: true)
        {
            Sources = [.. sources.Select(source => new LayerSource(source))],
            Origin = LayerOrigin.Expression,
        });
        return this;
    }

    /// <summary>The model as far as the compiler takes it before it writes code.</summary>
    public CheckedModel Check()
    {
        INamedTypeSymbol type = Empty().GetTypeByMetadataName("Net")!;
        ModelDeclaration chain = ModelParser.Parse(type, CancellationToken.None).Declaration;
        return ModelCompiler.CheckAnew(
            chain with { Layers = [chain.Layers[0], .. _layers, .. chain.Layers.Skip(1)] }, CancellationToken.None);
    }

    /// <summary>The shape that the last layer gives.</summary>
    public TensorShape Output()
    {
        CheckedModel model = Check();
        Assert.Empty(model.Issues.Select(issue => $"{issue.Message}"));
        return model.Shaped.Layers[_layers.Count].Output;
    }

    /// <summary>The id of the only rule that the model breaks.</summary>
    public string Rule() => Assert.Single(Check().Issues).Rule.Id;

    public string Forward() => ProgramText.Of(Check().Differentiated!.Model.Forward);

    public string Backward() => ProgramText.Of(Check().Differentiated!.Backward);

    /// <summary>The compiled model.</summary>
    public IDifferentiableModel Load(string memoryMode = "Planned")
    {
        CheckedModel model = Check();
        Assert.Empty(model.Issues.Select(issue => $"{issue.Message}"));
        string code = ModelCompiler.Write(model, Enum.Parse<MemoryMode>(memoryMode), CancellationToken.None).Text;
        Compilation empty = Empty();
        var options = (CSharpParseOptions)empty.SyntaxTrees.First().Options;
        using var image = new MemoryStream();
        var emitted = empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, options)).Emit(image);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        Type type = assembly.GetType("Net")!;
        var loaded = (IDifferentiableModel)Activator.CreateInstance(type, 7UL)!;
        Random random = new(11);
        foreach (ref float parameter in loaded.Parameters)
        {
            parameter = (2 * random.NextSingle()) - 1;
        }

        return loaded;
    }

    /// <summary>
    /// Compares outputs, and the gradients of samples and parameters, with a function in double precision and its
    /// central differences.
    /// </summary>
    /// <param name="reference">The output of one sample, from its operands in their order.</param>
    /// <param name="tolerance">The largest error, relative where values are above 1.</param>
    /// <param name="low">The smallest value of a sample.</param>
    /// <param name="memoryMode">How the model lays out its memory.</param>
    public void Matches(
        Func<double[][], double[]> reference, double tolerance = 1e-5, double low = -1, string memoryMode = "Poisoned")
    {
        const int Batch = 3;
        IDifferentiableModel model = Load(memoryMode);
        Random random = new(5);
        float[] samples = [.. Enumerable.Range(0, Batch * _samples).Select(_ => (float)(low + ((1 - low) * random.NextDouble())))];
        ReadOnlySpan<float> outputs = model.Forward(samples);
        double[][][] operands = [.. Enumerable.Range(0, Batch).Select(sample => OperandsOf(model, samples, sample))];
        double[] expected = [.. operands.SelectMany(reference)];
        Close(expected, outputs.ToArray(), tolerance);
        Close(expected, model.Predict(samples).ToArray(), tolerance);

        model.Forward(samples);
        float[] slope = [.. expected.Select(_ => (float)((2 * random.NextDouble()) - 1))];
        model.Backward(slope);
        int size = expected.Length / Batch;
        double Projection(int sample) =>
            reference(operands[sample]).Select((value, i) => value * slope[(sample * size) + i]).Sum();

        double[] bySamples = [.. Enumerable.Range(0, Batch).SelectMany(sample =>
            Elements(sample, isFixed: false).Select(element => Derivative(() => Projection(sample), [element])))];
        Close(bySamples, model.InputGradient.ToArray(), 10 * tolerance);

        // An element of a parameter is one for all samples.
        int parameter = 0;
        foreach (int operand in Enumerable.Range(0, _operands.Count).Where(IsFixed))
        {
            ParameterDescription description = model.Description.Parameters[parameter++];
            int count = description.Shape.Count;
            double[] byParameter = [.. Enumerable.Range(0, count).Select(i => Derivative(
                () => Enumerable.Range(0, Batch).Sum(Projection),
                [.. operands.Select(all => (all[operand], i))]))];
            Close(byParameter, model.Gradients.Slice(description.Offset, count).ToArray(), 10 * tolerance);
        }

        IEnumerable<(double[] Values, int Index)> Elements(int sample, bool isFixed) => Enumerable
            .Range(0, _operands.Count)
            .Where(operand => IsFixed(operand) == isFixed)
            .SelectMany(operand => Enumerable.Range(0, operands[sample][operand].Length)
                .Select(i => (operands[sample][operand], i)));
    }

    private static double Derivative(Func<double> function, (double[] Values, int Index)[] elements)
    {
        const double Step = 1e-5;
        Move(Step);
        double above = function();
        Move(-2 * Step);
        double below = function();
        Move(Step);
        return (above - below) / (2 * Step);

        void Move(double step)
        {
            foreach ((double[] values, int index) in elements)
            {
                values[index] += step;
            }
        }
    }

    private static void Close(double[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double most = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= most, $"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    private bool IsFixed(int operand) => _layers[operand].AttributeType == FixedType;

    private double[][] OperandsOf(IModel model, float[] samples, int sample)
    {
        int start = sample * _samples, parameter = 0;
        return [.. _operands.Select((dimensions, number) =>
        {
            int count = dimensions.Aggregate(1, (product, extent) => product * extent);
            if (IsFixed(number))
            {
                int offset = model.Description.Parameters[parameter++].Offset;
                return model.Parameters.Slice(offset, count).ToArray().Select(value => (double)value).ToArray();
            }

            start += count;
            return samples[(start - count)..start].Select(value => (double)value).ToArray();
        })];
    }

    private CSharpCompilation Empty() => TestCompiler.CreateCompilation(
        $"[Model({Options}), Input({Math.Max(1, _samples)}), Flatten, MeanSquaredError] public partial class Net;");

    private static LayerDeclaration Operand(string type, int[] dimensions, LayerArgument[] arguments) =>
        new(type, LayerDeclaration.KindOf(type), [new("dimensions", null, [.. dimensions]), .. arguments], [], IsWellFormed: true)
        {
            Sources = [0],
        };

    private static TensorShape ShapeOf(LayerDeclaration declaration) => new([.. declaration.Find("dimensions")!.Elements]);

    /// <summary>A part of each sample.</summary>
    private sealed class PartLayer : LayerDefinition
    {
        public override string AttributeType => PartType;

        public override TensorShape? InferShape(LayerContext layer) => ShapeOf(layer.Declaration);

        public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.Add(new InputSlice(
            layer, input, (int)layer.Declaration.Find("start")!.Scalar!, program.Activation(layer)));
    }

    /// <summary>A parameter.</summary>
    private sealed class FixedLayer : LayerDefinition
    {
        public override string AttributeType => FixedType;

        public override TensorShape? InferShape(LayerContext layer) => ShapeOf(layer.Declaration) with { IsFixed = true };

        public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.Parameter(
            layer, "value", layer.Output, Lowering.Initialization.Of(0f));
    }
}
