using Parameter = TorchSharp.Modules.Parameter;

namespace Benchmarks.Bench.Rows;

/// <summary>Layer normalization with weight and bias: forward, and forward with all gradients.</summary>
internal sealed class NormalizationRows : IRowGroup
{
    private const double Goal = 1.0;
    private const float Epsilon = 1e-5f;

    public string Name => "normalization";

    public IEnumerable<Row> GetRows(int threads) =>
        from size in ((int Rows, int Columns)[])[(768, 128), (512, 768)]
        from backward in (bool[])[false, true]
        select Of(size.Rows, size.Columns, backward);

    private Row Of(int rows, int columns, bool backward) => new()
    {
        Group = Name,
        Name = $"LayerNorm {rows}x{columns}{(backward ? ", with gradients" : "")}",
        Work = Work.Floats((backward ? 3 : 1) * rows * columns, (backward ? 2 : 1) * rows * columns),
        Goal = Goal,
        Ours = () => Ours(rows, columns, backward),
        Torch = () => Torch(rows, columns, backward),
    };

    private static Contender Ours(int rows, int columns, bool backward)
    {
        AlignedMemory input = Numbers.Draw(rows * columns, 1), weight = Numbers.Draw(columns, 2), bias = Numbers.Draw(columns, 3);
        AlignedMemory gradient = Numbers.Draw(rows * columns, 4), output = new(rows * columns), inputGradient = new(rows * columns);
        AlignedMemory statistics = new(2 * rows), weightGradient = new(columns), biasGradient = new(columns);
        AlignedMemory scratch = new(LayerNorm.ScratchRows * columns);
        FloatSpan x = input.FloatSpan, w = weight.FloatSpan, b = bias.FloatSpan, y = output.FloatSpan, g = gradient.FloatSpan;
        FloatSpan gx = inputGradient.FloatSpan, gw = weightGradient.FloatSpan, gb = biasGradient.FloatSpan;
        FloatSpan kept = backward ? statistics.FloatSpan : default, work = scratch.FloatSpan;
        return new Contender(
            () =>
            {
                LayerNorm.Forward(x, w, b, y, kept, rows, columns, Epsilon, Epilogue.None);
                if (backward)
                {
                    LayerNorm.Backward(x, w, kept, g, gx, gw, gb, work, rows, columns, accumulate: false, Epilogue.None);
                }
            },
            dispose: () => GC.KeepAlive((input, weight, bias, gradient, output, inputGradient, statistics, (weightGradient, biasGradient, scratch))))
        {
            Result = () => backward ? [.. inputGradient.Span, .. weightGradient.Span, .. biasGradient.Span] : output.Span.ToArray(),
        };
    }

    private static Contender Torch(int rows, int columns, bool backward)
    {
        Tensor x = tensor(Numbers.Draw(rows * columns, 1).Span.ToArray(), [rows, columns]);
        Parameter w = new(tensor(Numbers.Draw(columns, 2).Span.ToArray())), b = new(tensor(Numbers.Draw(columns, 3).Span.ToArray()));
        Tensor g = tensor(Numbers.Draw(rows * columns, 4).Span.ToArray(), [rows, columns]);
        x.requires_grad_(backward);
        Tensor Forward() => F.layer_norm(x, [columns], w, b, Epsilon);
        void Run() => Tensors.Run(Forward, backward ? g : null, [x, w, b]);

        return new Contender(Run, dispose: () => Tensors.DisposeAll(x, w, b, g))
        {
            Result = () =>
            {
                Run();
                return backward
                    ? [.. x.grad!.data<float>(), .. w.grad!.data<float>(), .. b.grad!.data<float>()]
                    : Forward().detach().data<float>().ToArray();
            },
        };
    }
}
