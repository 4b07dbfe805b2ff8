namespace ModelDsl.Runtime.Tests.Threading;

[Collection(nameof(ThreadSettings))]
public sealed class ThreadIndependenceTests
{
    private static readonly int[] Counts = [1, 2, 3, 4];

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 128, 512, 784 },
        { 128, 10, 512 },
        { 1, 512, 784 },
        { 7, 900, 300 },
        { 300, 200, 100 },
        { 97, 203, 1111 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_are_bit_equal_for_every_number_of_threads(int m, int n, int k)
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(m * k, 1);
        FloatSpan weight = memory.Random(n * k, 2);
        FloatSpan bias = memory.Random(n, 3);
        FloatSpan dy = memory.Random(m * n, 4);
        FloatSpan y = memory.Zeros(m * n);
        FloatSpan dx = memory.Zeros(m * k);
        FloatSpan dw = memory.Zeros(n * k);
        FloatSpan db = memory.Zeros(n);
        var epilogue = Epilogue.Of(new AddBias(bias), new Activate<Gelu>(default), new Dropout(0.2f, 1, 2, 3));
        Same(
            () =>
            {
                MatrixMultiplication.TimesTransposed(x, weight, y, m, n, k, epilogue);
                MatrixMultiplication.Times(dy, weight, dx, m, k, n, new Activate<Tanh>(default));
                MatrixMultiplication.TransposedTimes(dy, x, dw, db, n, k, m);
            },
            y,
            dx,
            dw,
            db);
    }

    [Fact]
    public void Softmax_losses_optimizers_and_elementwise_work_are_bit_equal_for_every_number_of_threads()
    {
        const int Batch = 700;
        const int Columns = 300;
        const int Count = Batch * Columns;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Count, 1);
        FloatSpan y = memory.Zeros(Count);
        FloatSpan gradient = memory.Zeros(Count);
        FloatSpan result = memory.Zeros(Count);
        FloatSpan parameters = memory.Zeros(Count);
        FloatSpan losses = memory.Zeros(13);
        float[] targets = new float[Count];
        new Philox(4).FillUniform(targets, 0f, 1f);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i % Columns)];
        int[] pairs = [.. labels.Select(label => label % 2)];
        Same(
            () =>
            {
                Softmax.Forward(x, y, Batch, Columns);
                losses[0] = SoftmaxCrossEntropyLoss.EvaluateWithGradient(x, labels, gradient, Batch, Columns);
                losses[1] = MeanSquaredErrorLoss.Evaluate(x, targets, Batch, Columns);
                losses[2] = BinaryCrossEntropyLoss.Evaluate(x, targets, Batch, Columns);
                losses[3] = HingeLoss.Evaluate(x, labels, Batch, Columns);
                losses[4] = SoftmaxCrossEntropyLoss.Evaluate(
                    x, labels, Batch, Columns, targets.AsSpan(0, Columns), 0.1f, 7);
                losses[5] = BinaryCrossEntropyLoss.Evaluate(x, targets, Batch, Columns, targets.AsSpan(0, Columns));
                losses[6] = HuberLoss.Evaluate(x, targets, Batch, Columns, 0.5f);
                losses[7] = KullbackLeiblerLoss.Evaluate(x, targets, Batch, Columns, fromProbabilities: false);
                losses[8] = ContrastiveLoss.Evaluate(x, pairs, Batch, Columns / 2, 20f);
                losses[10] = ActivityPenalty.Evaluate(x, Batch, Columns, 0.1f, 0.2f);
                losses[11] = WeightPenalty.EvaluateWithGradient(x, result, Count, 0.1f, 0.2f);
                PreluSlopes.Gradient(x, result, losses.Slice(12, 1), Batch, Columns);
                losses[9] = TripletLoss.Evaluate(x, default, Batch, Columns / 3, 1f);
                Softmax.Backward(y, gradient, result, Batch, Columns);
                Elementwise.Apply(y, y, Batch, Columns, Epilogue.Of(new Add(x, Columns), new Dropout(0.5f, 1, 1, 1)));
                x.AsSpan().CopyTo(parameters);
                using var moments = new KernelMemory();
                AdamKernel.Step(parameters, gradient, moments.Zeros(Count), moments.Zeros(Count), 1, 0.1f);
                SgdKernel.Step(parameters, gradient, moments.Zeros(Count), 0.1f, 0.9f);
            },
            y,
            gradient,
            result,
            parameters,
            losses);
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        const int Batch = 64;
        const int Inputs = 200;
        const int Outputs = 300;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Batch * Inputs, 1);
        FloatSpan weight = memory.Random(Outputs * Inputs, 2);
        FloatSpan first = memory.Zeros(Outputs * Inputs);
        FloatSpan second = memory.Zeros(Outputs * Inputs);
        FloatSpan dw = memory.Zeros(Outputs * Inputs);
        FloatSpan bias = memory.Random(Outputs, 3);
        FloatSpan y = memory.Zeros(Batch * Outputs);
        int[] labels = new int[Batch];
        var epilogue = Epilogue.Of(new AddBias(bias), new Activate<Relu>(default), new Dropout(0.2f, 1, 2, 3));
        ThreadSettings.ForEachCount([1, 2], _ =>
        {
            Step();

            // The test runner's own threads allocate now and then; a step that allocates does so in every round.
            long least = long.MaxValue;
            for (int round = 0; round < 20; round++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                Step();
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            Assert.Equal(0, least);
        });

        void Step()
        {
            MatrixMultiplication.TimesTransposed(x, weight, y, Batch, Outputs, Inputs, epilogue);
            MatrixMultiplication.TimesTransposed(x, weight, y, 1, Outputs, Inputs, epilogue);
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, y, Batch, Outputs);
            MatrixMultiplication.TransposedTimes(y, x, dw, bias, Outputs, Inputs, Batch);
            MatrixMultiplication.Times(y, weight, x, Batch, Inputs, Outputs, Epilogue.None);
            Softmax.Forward(x, x, Batch, Inputs);
            Elementwise.Apply(x, x, Batch, Inputs, new Activate<Tanh>(default));
            AdamKernel.Step(weight, dw, first, second, 1, 0.001f);
        }
    }

    private static void Same(Action work, params FloatSpan[] results)
    {
        float[][]? expected = null;
        ThreadSettings.ForEachCount(Counts, _ =>
        {
            work();
            float[][] actual = [.. results.Select(result => result.AsSpan().ToArray())];
            expected ??= actual;
            for (int i = 0; i < actual.Length; i++)
            {
                Bits.Equal(expected[i], actual[i]);
            }
        });
    }
}
