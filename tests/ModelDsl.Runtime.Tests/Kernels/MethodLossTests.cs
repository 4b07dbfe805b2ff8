namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class MethodLossTests
{
    [Fact]
    public void Loss_is_the_mean_of_the_samples_and_its_gradient_their_shares()
    {
        for (int batch = 0; batch <= 70; batch++)
        {
            using var memory = new KernelMemory();
            FloatSpan losses = memory.Random(batch, 3), gradient = memory.Zeros(batch);
            double mean = batch == 0 ? 0 : losses.AsSpan().ToArray().Average(loss => (double)loss);
            Assert.Equal(mean, MethodLoss.Evaluate(losses, default, batch), 1e-6);
            Assert.Equal(mean, MethodLoss.EvaluateWithGradient(losses, default, gradient, batch, gradientScale: 3f), 1e-6);
            Assert.All(gradient.AsSpan().ToArray(), share => Assert.Equal(3f / batch, share, 1e-7f));
        }
    }

    [Fact]
    public void Samples_count_by_their_weights_and_one_of_weight_0_not_even_where_it_is_no_number()
    {
        using var memory = new KernelMemory();
        FloatSpan losses = memory.Of([1f, float.NaN, 4f]), gradient = memory.Zeros(3);
        Targets targets = new() { SampleWeights = [1f, 0f, 3f] };
        Assert.Equal(13f / 4, MethodLoss.EvaluateWithGradient(losses, targets, gradient, 3));
        Assert.Equal([0.25f, 0f, 0.75f], gradient.AsSpan().ToArray());
        targets = new() { SampleWeights = [1f, 0f, 3f], TotalWeights = [8.0] };
        Assert.Equal(13f / 8, MethodLoss.Evaluate(losses, targets, 3));
    }

    [Fact]
    public void Infinite_and_missing_losses_stay_what_they_are()
    {
        using var memory = new KernelMemory();
        Assert.Equal(
            float.PositiveInfinity, MethodLoss.Evaluate(memory.Of([1f, float.PositiveInfinity]), default, 2));
        Assert.True(float.IsNaN(MethodLoss.Evaluate(memory.Of([1f, float.NaN]), default, 2)));
    }

    [Fact]
    public void Targets_of_the_other_kind_or_of_another_count_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan output = memory.Zeros(6);
        MethodLoss.LoadValues(new[] { 1f, 2f, 3f, 4f, 5f, 6f }, output, 2, 3);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], output.AsSpan().ToArray());
        MethodLoss.LoadLabels(new[] { 6, 5, 4, 3, 2, 1 }, output, 2, 3);
        Assert.Equal([6f, 5f, 4f, 3f, 2f, 1f], output.AsSpan().ToArray());
        Refused("expected values as targets, got class labels", () => MethodLoss.LoadValues(new[] { 1, 2 }, output, 2, 1));
        Refused("expected class labels as targets, got values", () => MethodLoss.LoadLabels(new[] { 1f }, output, 1, 1));
        Refused("expected 6 target values (2 samples x 3), got 5", () => MethodLoss.LoadValues(new float[5], output, 2, 3));
        Refused("expected 6 labels (2 samples x 3), got 7", () => MethodLoss.LoadLabels(new int[7], output, 2, 3));
        Refused(
            "expected no targets for this loss, got 1 values",
            () => MethodLoss.Evaluate(output, new float[1], 1, takesTargets: false));
        Assert.Equal(6f, MethodLoss.Evaluate(output, default, 1, takesTargets: false));
        MethodLoss.ClearGradient(output, 2, 3);
        Assert.Equal(new float[6], output.AsSpan().ToArray());

        static void Refused(string message, Action call) => Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }
}
