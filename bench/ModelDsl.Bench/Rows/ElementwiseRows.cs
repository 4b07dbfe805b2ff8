namespace Benchmarks.Bench.Rows;

/// <summary>
/// Activations: in place over 256 MB, where memory limits, and from one array into another at the size of a batch's
/// activations, where it does not. There libtorch allocates its result, since its functions take no other.
/// </summary>
internal sealed class ElementwiseRows : IRowGroup
{
    private const int Columns = 512;
    private const int LargeRows = StreamRows.Length / Columns;
    private const int SmallRows = 128;

    public string Name => "elementwise";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Large(threads, "ReLU", new Relu(), x => x.relu_()),
        Large(threads, "sigmoid", new Sigmoid(), x => x.sigmoid_()),
        Large(threads, "tanh", new ModelDsl.CompilerServices.Tanh(), x => x.tanh_()),
        Large(threads, "GELU", new Gelu(), x => F.gelu(x, inplace: true)),
        Large(threads, "SiLU", new Silu(), x => F.silu(x, inplace: true)),
        Small("ReLU", new Relu(), x => x.relu()),
        Small("sigmoid", new Sigmoid(), x => x.sigmoid()),
        Small("tanh", new ModelDsl.CompilerServices.Tanh(), x => x.tanh()),
        Small("GELU", new Gelu(), x => F.gelu(x)),
        Small("SiLU", new Silu(), x => F.silu(x)),
    ];

    private Row Large<TActivation>(int threads, string name, TActivation activation, Func<Tensor, Tensor> torch)
        where TActivation : struct, IActivation => new()
        {
            Group = Name,
            Name = $"{name}, {LargeRows}x{Columns} in place",
            Work = Work.Floats(StreamRows.Length, StreamRows.Length),
            Ours = () =>
            {
                AlignedMemory source = Numbers.Draw(StreamRows.Length, 1), values = new(StreamRows.Length);
                FloatSpan x = values.FloatSpan;
                return new Contender(
                    () => Elementwise.Apply(x, x, LargeRows, Columns, Epilogue.Of(new Activate<TActivation>(activation))),
                    () => source.Span.CopyTo(values.Span))
                {
                    Result = () => values.Span[..Columns].ToArray(),
                };
            },
            Torch = () =>
            {
                Tensor source = tensor(Numbers.Draw(StreamRows.Length, 1).Span.ToArray()), values = zeros_like(source);
                void Run()
                {
                    Tensor result = torch(values);
                    if (!ReferenceEquals(result, values))
                    {
                        result.Dispose();
                    }
                }

                return new Contender(Run, () => values.copy_(source), () => Tensors.DisposeAll(source, values))
                {
                    Result = () => values[..Columns].data<float>().ToArray(),
                };
            },
            Limit = () =>
            {
                AlignedMemory values = Numbers.Draw(StreamRows.Length, 1);
                return Limits.Stream(
                    threads, values.Length, (start, length) => StreamLoop.Scale(values.Span.Slice(start, length)));
            },
            LimitWork = Work.Floats(StreamRows.Length, StreamRows.Length),
        };

    private Row Small<TActivation>(string name, TActivation activation, Func<Tensor, Tensor> torch)
        where TActivation : struct, IActivation => new()
        {
            Group = Name,
            Name = $"{name}, {SmallRows}x{Columns}",
            Work = Work.Floats(SmallRows * Columns, SmallRows * Columns),
            Ours = () =>
            {
                AlignedMemory source = Numbers.Draw(SmallRows * Columns, 1), destination = new(SmallRows * Columns);
                FloatSpan x = source.FloatSpan, y = destination.FloatSpan;
                return new Contender(
                    () => Elementwise.Apply(x, y, SmallRows, Columns, Epilogue.Of(new Activate<TActivation>(activation))),
                    dispose: () => GC.KeepAlive(source))
                {
                    Result = () => destination.Span.ToArray(),
                };
            },
            Torch = () =>
            {
                Tensor source = tensor(Numbers.Draw(SmallRows * Columns, 1).Span.ToArray(), [SmallRows, Columns]);
                return new Contender(() => torch(source).Dispose(), dispose: source.Dispose)
                {
                    Result = () => torch(source).data<float>().ToArray(),
                };
            },
        };
}
