namespace ModelDsl.Tests.Reference.Methods;

/// <summary>
/// What stands for <see cref="Tensor"/> where a forward method is compiled to be run: a value of each sample, or one
/// for all samples, as a function of other values, in double precision. Its members are those of <see cref="Tensor"/>,
/// by their definitions; the methods of layers are extensions (see <see cref="MethodTwins"/>).
/// </summary>
public sealed partial class ReferenceTensor
{
    private readonly Func<int, double[][]> _compute;

    // The values of the batch at hand.
    private double[][] _values = [];

    internal ReferenceTensor(ReferenceGraph? graph, int[] shape, bool isFixed, Func<int, double[][]> compute)
    {
        Graph = graph;
        Shape = shape;
        IsFixed = isFixed;
        _compute = compute;
        graph?.Add(this);
    }

    /// <summary>The part of the first dimension, or the whole, that <c>x[^1]</c> takes.</summary>
    public ReferenceTensor this[Index index] => Select(index.GetOffset(Shape[0]));

    /// <summary>The part of the first dimension that a range takes.</summary>
    public ReferenceTensor this[Range range]
    {
        get
        {
            (int start, int length) = range.GetOffsetAndLength(Shape[0]);
            return Slice(start, start + length);
        }
    }

    internal ReferenceGraph? Graph { get; }

    internal int[] Shape { get; }

    /// <summary>Whether it is one tensor for all samples.</summary>
    internal bool IsFixed { get; }

    public static implicit operator ReferenceTensor(double number) => new(null, [], isFixed: true, _ => [[number]]);

    /// <summary>The output of a layer that an attribute stands for.</summary>
    /// <param name="kind">The attribute's name without its suffix.</param>
    /// <param name="blocks">The types that it is generic in.</param>
    /// <param name="arguments">What its constructor takes, and its properties.</param>
    public ReferenceTensor Layer(string kind, Type[] blocks, params (string Name, object? Value)[] arguments)
    {
        ReferenceContext context = Graph!.Context;
        context.Shape = Shape;
        IReferenceLayer layer = context.CreateLayer(LayerCall.AttributeOf(kind, blocks, arguments));
        return new ReferenceTensor(
            Graph, context.Shape, isFixed: false, batch =>
                SamplesOf(layer.Forward([.. Of(batch).SelectMany(x => x)], batch), batch));
    }

    /// <summary>The output of a block, of this tensor and others.</summary>
    public ReferenceTensor Block<TBlock>(params ReferenceTensor[] others)
    {
        ReferenceContext context = Graph!.Context;
        string name = typeof(TBlock).Name;
        string scope = context.NextName(char.ToLowerInvariant(name[0]) + name[1..]) + ".";
        if (MethodTwins.ForwardOf(typeof(TBlock)) is { } forward)
        {
            return context.InBlock(typeof(TBlock), scope, () => Graph.Run(forward, [this, .. others]));
        }

        context.Shape = Shape;
        Func<double[], int, double[]> block = context.CreateBlock(typeof(TBlock), scope);
        return new ReferenceTensor(
            Graph, context.Shape, isFixed: false, batch =>
                SamplesOf(block([.. Of(batch).SelectMany(x => x)], batch), batch));
    }

    /// <summary>Computes the values of a batch, after those that they depend on.</summary>
    internal void Compute(int batch) => _values = _compute(batch);

    /// <summary>The values of the batch at hand, an array for each sample.</summary>
    internal double[][] Of(int batch) => IsFixed ? [.. Enumerable.Repeat(_values[0], batch)] : _values;

    internal static double[][] SamplesOf(double[] values, int batch)
    {
        int count = values.Length / batch;
        return [.. Enumerable.Range(0, batch).Select(sample => values[(sample * count)..((sample + 1) * count)])];
    }

    // What a function makes of the values of each sample.
    private static ReferenceTensor Make(
        ReferenceTensor[] sources, IEnumerable<int> shape, Func<double[][], double[]> function)
    {
        ReferenceGraph? graph = sources.Select(source => source.Graph).FirstOrDefault(one => one is not null);
        foreach (ReferenceTensor number in sources.Where(source => source.Graph is null))
        {
            number.Compute(1);
        }

        bool isFixed = sources.All(source => source.IsFixed);
        return new ReferenceTensor(graph, [.. shape], isFixed, batch =>
        {
            int samples = isFixed ? 1 : batch;
            double[][][] values = [.. sources.Select(source => source.Of(samples))];
            return [.. Enumerable.Range(0, samples)
                .Select(sample => function([.. values.Select(value => value[sample])]))];
        });
    }

    // The element of this tensor, or a number where there is none, that stands at each place.
    private ReferenceTensor Move(IEnumerable<int> shape, Func<int[], int[]?> source, double value = 0)
    {
        int[] extents = [.. shape];
        int[] indices = [.. Places(extents).Select(place => source(place) is { } from ? IndexOf(from, Shape) : -1)];
        return Make([this], extents, x => [.. indices.Select(index => index < 0 ? value : x[0][index])]);
    }

    private static int CountOf(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static int Counted(int dimension, int rank) => dimension < 0 ? dimension + rank : dimension;

    private static int[] With(int[] place, int dimension, int index) =>
        [.. place.Select((one, i) => i == dimension ? index : one)];

    private static int IndexOf(int[] place, int[] shape)
    {
        int index = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            index = (index * shape[i]) + place[i];
        }

        return index;
    }

    private static IEnumerable<int[]> Places(int[] shape)
    {
        int count = CountOf(shape);
        for (int number = 0; number < count; number++)
        {
            int[] place = new int[shape.Length];
            int left = number;
            for (int i = shape.Length - 1; i >= 0; i--)
            {
                (left, place[i]) = Math.DivRem(left, shape[i]);
            }

            yield return place;
        }
    }
}
