namespace Benchmarks.Bench.Rows;

/// <summary>
/// An activation and a loss that are built in, and the same ones written as a user would write one's own: the pairs should take
/// the same time.
/// </summary>
internal sealed class CustomRows : IRowGroup
{
    private const int Rows = 128;
    private const int Columns = 512;
    private const int Count = Rows * Columns;

    private delegate float Loss(FloatSpan outputs, Targets targets, FloatSpan gradient);

    public string Name => "custom";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        Activation("SiLU, built in", new Silu()),
        Activation("SiLU, one's own", new CustomSilu()),
        SquaredError("squared error and gradient, built in", (y, t, g) => MeanSquaredErrorLoss.EvaluateWithGradient(y, t, g, Rows, Columns)),
        SquaredError(
            "squared error and gradient, one's own",
            (y, t, g) => CustomLoss.EvaluateWithGradient<CustomSquaredError>(y, t, g, Rows, Columns)),
    ];

    private Row Activation<TActivation>(string name, TActivation activation)
        where TActivation : struct, IActivation => new()
        {
            Group = Name,
            Name = $"{name}, {Rows}x{Columns}",
            Work = Work.Floats(Count, Count),
            Ours = () =>
            {
                AlignedMemory source = Numbers.Draw(Count, 1), destination = new(Count);
                FloatSpan x = source.FloatSpan, y = destination.FloatSpan;
                return new Contender(
                    () => Elementwise.Apply(x, y, Rows, Columns, Epilogue.Of(new Activate<TActivation>(activation))),
                    dispose: () => GC.KeepAlive(source))
                {
                    Result = () => destination.Span.ToArray(),
                };
            },
            Torch = () =>
            {
                Tensor source = tensor(Numbers.Draw(Count, 1).Span.ToArray());
                return new Contender(() => F.silu(source).Dispose(), dispose: source.Dispose)
                {
                    Result = () => F.silu(source).data<float>().ToArray(),
                };
            },
        };

    private Row SquaredError(string name, Loss loss) => new()
    {
        Group = Name,
        Name = $"{name}, {Rows}x{Columns}",
        Work = Work.Floats(2 * Count, Count),
        Ours = () =>
        {
            AlignedMemory outputs = Numbers.Draw(Count, 1), gradient = new(Count);
            float[] targets = Numbers.Draw(Count, 2).Span.ToArray();
            FloatSpan y = outputs.FloatSpan, g = gradient.FloatSpan;
            return new Contender(() => loss(y, targets, g), dispose: () => GC.KeepAlive(outputs))
            {
                Result = () => gradient.Span.ToArray(),
            };
        },
        Torch = () =>
        {
            Tensor outputs = tensor(Numbers.Draw(Count, 1).Span.ToArray()), targets = tensor(Numbers.Draw(Count, 2).Span.ToArray());
            outputs.requires_grad = true;
            void Run()
            {
                using Tensor loss = F.mse_loss(outputs, targets);
                outputs.grad?.zero_();
                loss.backward();
            }

            return new Contender(Run, dispose: () => Tensors.DisposeAll(outputs, targets))
            {
                Result = () => outputs.grad!.data<float>().ToArray(),
            };
        },
    };
}
