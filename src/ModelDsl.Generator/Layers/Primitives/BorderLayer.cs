namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A border around a tensor of any shape.</summary>
/// <param name="before">What is added before each dimension.</param>
/// <param name="after">What is added behind each dimension.</param>
/// <param name="mode">What stands in it.</param>
internal sealed class BorderAttribute(int[] before, int[] after, PadMode mode = PadMode.Constant) : LayerAttribute
{
    /// <summary>What is added before each dimension.</summary>
    public int[] Before { get; } = before;

    /// <summary>What is added behind each dimension.</summary>
    public int[] After { get; } = after;

    /// <summary>What stands in it.</summary>
    public PadMode Mode { get; } = mode;

    /// <summary>The number in a constant border.</summary>
    public double Value { get; set; }
}

/// <inheritdoc cref="BorderAttribute"/>
internal sealed class BorderLayer : PrimitiveLayer
{
    // The places of a border that is not of zeros are written down in the code.
    private const int MostPlaces = 1 << 16;

    public override string AttributeType => typeof(BorderAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<BorderAttribute>();
        if (!Primitive.CheckInputs(layer)
            || !CheckMargins(layer, arguments, arguments.Before, nameof(arguments.Before))
            || !CheckMargins(layer, arguments, arguments.After, nameof(arguments.After)))
        {
            return null;
        }

        if (double.IsNaN(arguments.Value))
        {
            layer.Report(
                ConstantMustBeFinite.Message(layer.Declaration.Quoted, "number", float.NaN), nameof(arguments.Value));
            return null;
        }

        return layer.Input with
        {
            Dimensions =
            [
                .. layer.Input.Dimensions.Select((extent, i) =>
                    (int)Math.Min((long)extent + arguments.Before[i] + arguments.After[i], int.MaxValue)),
            ],
            IsSequence = layer.Input.IsSequence && arguments.Before[0] + arguments.After[0] == 0,
        };
    }

    public override bool CanStep(BoundLayer layer) => layer.Input.IsSequence && layer.Output.IsSequence;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<BorderAttribute>();
        int[] bordered = [.. Enumerable.Range(0, layer.Input.Rank).Where(i => arguments.Before[i] + arguments.After[i] > 0)];
        if (bordered.Length == 0)
        {
            return program.View(layer, input);
        }

        // One dimension after the other, the last one first: then little is copied several times.
        Value padded = input;
        for (int number = bordered.Length - 1; number >= 0; number--)
        {
            Value source = padded;
            int dimension = bordered[number], extent = padded.Shape.Dimensions[dimension];
            int before = arguments.Before[dimension], after = arguments.After[dimension], count = before + extent + after;
            Value result = number == 0
                ? program.Activation(layer)
                : program.Activation(
                    layer, $"dimension{dimension}", Primitive.With(padded.Shape, dimension, count), mayBeRounded: true);
            int[] places =
                [.. Enumerable.Range(-before, count).Select(place => Source(place, extent, arguments.Mode))];
            padded = program.Add(IsOfZeros(arguments)
                ? Surround(layer, padded, dimension, before, after, result)
                : new GatherOperation(
                    layer, padded, dimension, [.. places], (float)arguments.Value, result));
            Primitive.KeepPadding(layer, program, source, padded, dimension, places, $"padding{dimension}");
        }

        return padded;
    }

    private static bool IsOfZeros(BorderAttribute arguments) =>
        arguments.Mode == PadMode.Constant && arguments.Value == 0;

    private static JoinColumns Surround(
        BoundLayer layer, Value source, int dimension, int before, int after, Value result)
    {
        int rows = Primitive.Outer(source.Shape, dimension), width = source.Shape.Count / rows;
        int slice = width / source.Shape.Dimensions[dimension];
        return new JoinColumns(
            layer, rows, [new(null, before * slice), new(source, width), new(null, after * slice)], result);
    }

    private static int Source(int place, int extent, PadMode mode) =>
        place >= 0 && place < extent ? place
        : mode == PadMode.Constant ? -1
        : mode == PadMode.Edge ? (place < 0 ? 0 : extent - 1)
        : place < 0 ? -place
        : (2 * (extent - 1)) - place;

    private static bool CheckMargins(LayerContext layer, BorderAttribute arguments, int[] margins, string argument)
    {
        TensorShape input = layer.Input;
        if (margins.Length != input.Rank)
        {
            layer.Report(
                NumberForEachDimension.Message(
                    layer.Declaration.Quoted, "a margin for each dimension",
                    new Extents([.. margins.Select(one => (long)one)]).Listed, input.Rank, input, layer.InputOrigin),
                argument);
            return false;
        }

        for (int i = 0; i < margins.Length; i++)
        {
            if (margins[i] < 0)
            {
                layer.Report(MarginNotNegative.Message(layer.Declaration.Quoted, margins[i]), $"{argument}[{i}]");
                return false;
            }

            if (!IsOfZeros(arguments) && margins[i] > 0 && (long)margins[i] + input.Dimensions[i] > MostPlaces)
            {
                layer.Report(
                    IndexOutsideDimension.Message(
                        layer.Declaration.Quoted, MessageArgument.Phrase($"more than {MostPlaces} places"), i,
                        input.Dimensions[i], input, layer.InputOrigin),
                    $"{argument}[{i}]");
                return false;
            }

            // A mirror shows what there is but for the element that it stands at.
            if (arguments.Mode == PadMode.Reflect && margins[i] >= input.Dimensions[i])
            {
                layer.Report(
                    IndexOutsideDimension.Message(
                        layer.Declaration.Quoted, MessageArgument.Phrase($"a mirrored margin of {margins[i]}"), i,
                        input.Dimensions[i], input, layer.InputOrigin),
                    $"{argument}[{i}]");
                return false;
            }
        }

        return true;
    }
}
