using TorchSharp;

namespace Benchmarks.Bench.Rows;

/// <summary>Layers that move values about: max pooling and embeddings; forward, and forward with gradients.</summary>
internal sealed class LookupRows : IRowGroup
{
    private const double Goal = 1.0;

    private static readonly Pool[] Pools = [new(128, 28, 6, 2, 2, 0), new(8, 112, 64, 3, 2, 1)];
    private static readonly Table[] Tables = [new(768, 65, 128), new(768, 50257, 128)];

    public string Name => "lookup";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        .. from pool in Pools from backward in (bool[])[false, true] select Of(pool, backward),
        .. from table in Tables from backward in (bool[])[false, true] select Of(table, backward),
    ];

    private Row Of(Pool pool, bool backward) => new()
    {
        Group = Name,
        Name = $"MaxPool2D {pool.Kernel}x{pool.Kernel}, {pool.Batch}x{pool.Size}x{pool.Size}x{pool.Channels}{(backward ? ", with gradient" : "")}",
        Work = Work.Floats(pool.InputCount + (backward ? pool.OutputCount : 0), pool.OutputCount + (backward ? pool.InputCount : 0)),
        Goal = Goal,
        Ours = () => Ours(pool, backward),
        Torch = () => Torch(pool, backward),
    };

    private Row Of(Table table, bool backward) => new()
    {
        Group = Name,
        Name = $"Embedding {table.Vocabulary}x{table.Width}, {table.Tokens} tokens{(backward ? ", with gradient" : "")}",
        Work = Work.Samples(table.Tokens),
        Goal = Goal,
        Ours = () => Ours(table, backward),
        Torch = () => Torch(table, backward),
    };

    private static Contender Ours(Pool pool, bool backward)
    {
        SlidingWindow window = pool.Window;
        AlignedMemory input = Numbers.Draw(pool.InputCount, 1), gradient = Numbers.Draw(pool.OutputCount, 2);
        AlignedMemory output = new(pool.OutputCount), origins = new(pool.OutputCount), inputGradient = new(pool.InputCount);
        FloatSpan x = input.FloatSpan, g = gradient.FloatSpan, y = output.FloatSpan, gx = inputGradient.FloatSpan;
        FloatSpan kept = backward ? origins.FloatSpan : default;
        return new Contender(
            () =>
            {
                MaxPooling.Forward(x, y, kept, pool.Batch, window, pool.Channels);
                if (backward)
                {
                    MaxPooling.Backward(g, kept, gx, pool.Batch, window, pool.Channels, Epilogue.None);
                }
            },
            dispose: () => GC.KeepAlive((input, gradient, output, origins, inputGradient)))
        {
            Result = () => backward ? inputGradient.Span.ToArray() : output.Span.ToArray(),
        };
    }

    private static Contender Torch(Pool pool, bool backward)
    {
        Tensor Planes(int count, int seed, long size) => tensor(Numbers.Draw(count, seed).Span.ToArray(), [pool.Batch, size, size, pool.Channels])
            .permute(0, 3, 1, 2).contiguous();
        Tensor x = Planes(pool.InputCount, 1, pool.Size), g = Planes(pool.OutputCount, 2, pool.Window.OutputHeight);
        x.requires_grad_(backward);
        Tensor Forward() => F.max_pool2d(x, pool.Kernel, pool.Stride, pool.Padding);
        void Run() => Tensors.Run(Forward, backward ? g : null, [x]);

        return new Contender(Run, dispose: () => Tensors.DisposeAll(x, g))
        {
            Result = () =>
            {
                Run();
                return (backward ? x.grad! : Forward().detach()).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
            },
        };
    }

    private static Contender Ours(Table table, bool backward)
    {
        AlignedMemory weight = Numbers.Draw(table.Vocabulary * table.Width, 1), gradient = Numbers.Draw(table.Tokens * table.Width, 2);
        AlignedMemory tokens = new(table.Tokens), output = new(table.Tokens * table.Width), weightGradient = new(table.Vocabulary * table.Width);
        Array.ConvertAll(table.Draw(), token => (float)token).CopyTo(tokens.Span);
        FloatSpan t = tokens.FloatSpan, w = weight.FloatSpan, y = output.FloatSpan, g = gradient.FloatSpan, gw = weightGradient.FloatSpan;
        return new Contender(
            () =>
            {
                Embedding.Forward(t, w, y, table.Tokens, table.Vocabulary, table.Width, Epilogue.None);
                if (backward)
                {
                    Embedding.Backward(t, g, gw, table.Tokens, table.Vocabulary, table.Width);
                }
            },
            dispose: () => GC.KeepAlive((weight, gradient, tokens, output, weightGradient)))
        {
            Result = () => backward ? weightGradient.Span.ToArray() : output.Span.ToArray(),
        };
    }

    private static Contender Torch(Table table, bool backward)
    {
        Tensor tokens = tensor(table.Draw());
        TorchSharp.Modules.Embedding module = nn.Embedding(table.Vocabulary, table.Width);
        using (IDisposable guard = no_grad())
        {
            module.weight!.copy_(tensor(Numbers.Draw(table.Vocabulary * table.Width, 1).Span.ToArray(), [table.Vocabulary, table.Width]));
        }

        Tensor g = tensor(Numbers.Draw(table.Tokens * table.Width, 2).Span.ToArray(), [table.Tokens, table.Width]);
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            if (!backward)
            {
                using IDisposable guard = no_grad();
                module.call(tokens);
                return;
            }

            module.weight!.grad = null;
            module.call(tokens).backward([g]);
        }

        return new Contender(
            Run,
            dispose: () =>
            {
                module.Dispose();
                Tensors.DisposeAll(tokens, g);
            })
        {
            Result = () =>
            {
                Run();
                return (backward ? module.weight!.grad! : module.call(tokens).detach()).data<float>().ToArray();
            },
        };
    }

    private sealed record Pool(int Batch, int Size, int Channels, int Kernel, int Stride, int Padding)
    {
        public SlidingWindow Window => Windows.Square(Size, Kernel, Stride, Padding);

        public int InputCount => Batch * Size * Size * Channels;

        public int OutputCount => Batch * Window.OutputHeight * Window.OutputWidth * Channels;
    }

    private sealed record Table(int Tokens, int Vocabulary, int Width)
    {
        public long[] Draw()
        {
            Random random = new(3);
            return [.. Enumerable.Range(0, Tokens).Select(_ => (long)random.Next(Vocabulary))];
        }
    }
}
