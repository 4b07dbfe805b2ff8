using TorchSharp;
using Convolution = ModelDsl.CompilerServices.Convolution;
using Parameter = TorchSharp.Modules.Parameter;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// Convolutions with bias: the 3x3 ones of a ResNet's four stages, LeNet's two and a depthwise one; forward, and forward
/// with all gradients. libtorch has images in its own layout, channels first, and chooses its own inner one.
/// </summary>
internal sealed class ConvolutionRows : IRowGroup
{
    private const double Goal = 1.0;

    private static readonly Layer[] Layers =
    [
        new("ResNet 56x56x64", 8, 56, 64, 64, Kernel: 3, Stride: 1, Padding: 1, Groups: 1),
        new("ResNet 28x28x128", 8, 28, 128, 128, Kernel: 3, Stride: 1, Padding: 1, Groups: 1),
        new("ResNet 14x14x256", 8, 14, 256, 256, Kernel: 3, Stride: 1, Padding: 1, Groups: 1),
        new("ResNet 7x7x512", 8, 7, 512, 512, Kernel: 3, Stride: 1, Padding: 1, Groups: 1),
        new("ResNet 56x56x64 to 128, stride 2", 8, 56, 64, 128, Kernel: 3, Stride: 2, Padding: 1, Groups: 1),
        new("LeNet 28x28x1 to 6, 5x5", 128, 28, 1, 6, Kernel: 5, Stride: 1, Padding: 2, Groups: 1),
        new("LeNet 14x14x6 to 16, 5x5", 128, 14, 6, 16, Kernel: 5, Stride: 1, Padding: 0, Groups: 1),
        new("depthwise 28x28x128", 8, 28, 128, 128, Kernel: 3, Stride: 1, Padding: 1, Groups: 128),
    ];

    public string Name => "convolution";

    public IEnumerable<Row> GetRows(int threads) =>
        Layers.SelectMany(layer => (Row[])[Of(threads, layer, backward: false), Of(threads, layer, backward: true)]);

    private Row Of(int threads, Layer layer, bool backward) => new()
    {
        Group = Name,
        Name = $"{layer.Name}, batch {layer.Batch}{(backward ? ", with gradients" : "")}",
        Work = new Work((backward ? 3 : 1) * layer.Operations, WorkUnit.Operations),
        Goal = Goal,
        CountsSavedWork = true,
        Ours = () => Ours(layer, backward),
        Torch = () => Torch(layer, backward),
        Limit = () => Limits.Fma(threads),
        LimitWork = Limits.FmaWork(threads),
    };

    private static Contender Ours(Layer layer, bool backward)
    {
        SlidingWindow window = layer.Window;
        AlignedMemory input = Numbers.Draw(layer.InputCount, 1);
        AlignedMemory weight = Numbers.Draw(layer.WeightCount, 2);
        AlignedMemory bias = Numbers.Draw(layer.Outputs, 3);
        AlignedMemory gradient = Numbers.Draw(layer.OutputCount, 4);
        AlignedMemory output = new(layer.OutputCount), inputGradient = new(layer.InputCount);
        AlignedMemory weightGradient = new(layer.WeightCount), biasGradient = new(layer.Outputs);
        FloatSpan x = input.FloatSpan, w = weight.FloatSpan, b = bias.FloatSpan, g = gradient.FloatSpan;
        FloatSpan y = output.FloatSpan, gx = inputGradient.FloatSpan, gw = weightGradient.FloatSpan, gb = biasGradient.FloatSpan;
        void Forward() => Convolution.Forward(
            x, w, y, layer.Batch, window, layer.Channels, layer.Outputs, layer.Groups, Epilogue.Of(new AddBias(b)));
        void Both()
        {
            Forward();
            Convolution.WeightGradient(g, x, gw, gb, layer.Batch, window, layer.Channels, layer.Outputs, layer.Groups);
            Convolution.InputGradient(
                g, w, gx, layer.Batch, window, layer.Channels, layer.Outputs, layer.Groups, Epilogue.None);
        }

        return new Contender(
            backward ? Both : Forward,
            dispose: () => GC.KeepAlive((input, weight, bias, gradient, output, inputGradient, weightGradient, biasGradient)))
        {
            Result = () => backward ? weightGradient.Span.ToArray() : output.Span.ToArray(),
        };
    }

    private static Contender Torch(Layer layer, bool backward)
    {
        SlidingWindow window = layer.Window;
        Tensor Planes(int count, int seed, long height, long width, long channels) =>
            tensor(Numbers.Draw(count, seed).Span.ToArray(), [count / (height * width * channels), height, width, channels])
                .permute(0, 3, 1, 2).contiguous();
        Tensor x = Planes(layer.InputCount, 1, window.Height, window.Width, layer.Channels);
        Parameter w = new(Planes(layer.WeightCount, 2, layer.Kernel, layer.Kernel, layer.Channels / layer.Groups));
        Parameter b = new(tensor(Numbers.Draw(layer.Outputs, 3).Span.ToArray()));
        Tensor g = Planes(layer.OutputCount, 4, window.OutputHeight, window.OutputWidth, layer.Outputs);
        Tensor Forward() => F.conv2d(
            x, w, b, [layer.Stride, layer.Stride], [layer.Padding, layer.Padding], [1, 1], layer.Groups);
        x.requires_grad_(backward);
        Action run = () =>
        {
            using IDisposable guard = no_grad();
            Forward().Dispose();
        };
        if (backward)
        {
            run = () =>
            {
                using DisposeScope scope = NewDisposeScope();
                foreach (Tensor tensor in (Tensor[])[x, w, b])
                {
                    tensor.grad = null;
                }

                Forward().backward([g]);
            };
        }

        return new Contender(run, dispose: () => Tensors.DisposeAll(x, w, b, g))
        {
            Result = () =>
            {
                run();
                return (backward ? w.grad! : Forward().detach()).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
            },
        };
    }

    private sealed record Layer(
        string Name, int Batch, int Size, int Channels, int Outputs, int Kernel, int Stride, int Padding, int Groups)
    {
        public SlidingWindow Window => Windows.Square(Size, Kernel, Stride, Padding);

        public int InputCount => Batch * Size * Size * Channels;

        public int WeightCount => Outputs * Kernel * Kernel * Channels / Groups;

        public int OutputCount => Batch * Window.OutputHeight * Window.OutputWidth * Outputs;

        public double Operations => 2.0 * OutputCount * Kernel * Kernel * Channels / Groups;
    }
}
