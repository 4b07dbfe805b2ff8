using ModelDsl.Tests.Reference.Layers;

namespace ModelDsl.Tests.Reference.Methods;

// Products of matrices.
public sealed partial class ReferenceTensor
{
    public ReferenceTensor MatMul(ReferenceTensor right, bool transposeLeft = false, bool transposeRight = false)
    {
        ReferenceTensor one = AsMatrices(this, isRow: true, transposeLeft), other =
            AsMatrices(right, isRow: false, transposeRight);
        int depth = one.Shape[^1];
        Assert.Equal(depth, other.Shape[^2]);

        // Σ over the depth of products that are broadcast: [..., m, k, 1] · [..., 1, k, n].
        ReferenceTensor products = one.Reshape([.. one.Shape, 1])
            * other.Reshape([.. other.Shape[..^2], 1, depth, other.Shape[^1]]);
        ReferenceTensor result = products.Sum(-2);
        int[] shape = result.Shape;
        int rows = shape.Length - 2;
        IEnumerable<int> kept = shape.Where((_, i) =>
            (i != rows || Shape.Length > 1) && (i != rows + 1 || right.Shape.Length > 1));
        return result.Reshape([.. kept.DefaultIfEmpty(1)]);
    }

    public ReferenceTensor Attention(
        ReferenceTensor keys,
        ReferenceTensor values,
        ReferenceTensor? mask = null,
        int heads = 1,
        int keyValueHeads = 0,
        bool causal = false,
        double scale = 0)
    {
        int size = Shape[1] / heads;
        int perKey = heads / (keyValueHeads == 0 ? heads : keyValueHeads);
        int valueSize = values.Shape[1] / (heads / perKey);
        double factor = scale == 0 ? 1 / Math.Sqrt(size) : scale;
        return Concat(
            [
                .. Enumerable.Range(0, heads).Select(head =>
                {
                    ReferenceTensor scores =
                        factor * Head(this, head, size).MatMul(Head(keys, head / perKey, size), transposeRight: true);
                    scores = mask is null ? scores : scores + mask;

                    scores = causal ? scores.Masked((query, key) => key <= query) : scores;
                    return scores.Softmax(-1).MatMul(Head(values, head / perKey, valueSize));
                }),
            ],
            dimension: 1);
    }

    public ReferenceTensor CrossAttention(
        ReferenceTensor memory, int heads = 1, bool useBias = true, string? name = null, bool frozen = false)
    {
        ReferenceContext context = Graph!.Context;
        string own = context.NextName("crossAttention");
        var attend = new ReferenceCrossAttention.Attend(
            heads, useBias, context, name is null ? own : context.NameInScope(name), Shape, memory.Shape);
        return new ReferenceTensor(Graph, Shape, isFixed: false, batch => SamplesOf(
            attend.Run([.. Of(batch).SelectMany(x => x)], [.. memory.Of(batch).SelectMany(x => x)], batch), batch));
    }

    public ReferenceTensor Einsum(string equation, params ReferenceTensor[] others) => Einsum(equation, this, others);

    public static ReferenceTensor Einsum(string equation, ReferenceTensor first, params ReferenceTensor[] others)
    {
        ReferenceTensor[] operands = [first, .. others];
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] letters = sides[0].Split(',');
        string all = string.Concat(letters.SelectMany(x => x).Distinct());
        string kept = sides.Length > 1
            ? sides[1]
            : string.Concat(all.Where(letter => sides[0].Count(x => x == letter) == 1).Order());
        int[] extents =
        [
            .. all.Select(letter => operands.Select(
                (operand, i) => letters[i].IndexOf(letter, StringComparison.Ordinal) is >= 0 and int at
                ? operand.Shape[at]
                : 1).Max()),
        ];
        int[] ShapeOf(string of) => [.. of.Select(letter => extents[all.IndexOf(letter, StringComparison.Ordinal)])];
        int IndexAt(int[] place, string of) =>
            IndexOf([.. of.Select(letter => place[all.IndexOf(letter, StringComparison.Ordinal)])], ShapeOf(of));

        // Σ over all letters of the products of what stands at them.
        (int Target, int[] Sources)[] terms =
            [.. Places(extents)
                .Select(place => (IndexAt(place, kept), letters.Select(of => IndexAt(place, of)).ToArray()))];
        int[] shape = kept.Length == 0 ? [1] : ShapeOf(kept);
        return Make(operands, shape, x =>
        {
            double[] sums = new double[CountOf(shape)];
            foreach ((int target, int[] sources) in terms)
            {
                double product = 1;
                for (int i = 0; i < sources.Length; i++)
                {
                    product *= x[i][sources[i]];
                }

                sums[target] += product;
            }

            return sums;
        });
    }

    private static ReferenceTensor Head(ReferenceTensor tensor, int head, int size) =>
        tensor.Slice(head * size, (head + 1) * size, 1, dimension: 1);

    private ReferenceTensor Masked(Func<int, int, bool> sees) => Make([this], Shape, x =>
        [.. x[0].Select((score, i) => sees(i / Shape[1], i % Shape[1]) ? score : double.NegativeInfinity)]);

    private static ReferenceTensor AsMatrices(ReferenceTensor tensor, bool isRow, bool transpose)
    {
        int rank = tensor.Shape.Length;
        return rank == 1
            ? tensor.Reshape(isRow ? [1, -1] : [-1, 1])
            : transpose ? tensor.Transpose([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]) : tensor;
    }
}
