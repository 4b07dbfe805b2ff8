using Benchmarks.Torch.Loading;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks.ReferenceVectors;

/// <summary>
/// libtorch's losses with weights of samples, which it has as <c>reduction='none'</c> times weights. For each loss
/// <c>LOSS.outputs</c>, and <c>LOSS.labels</c> or <c>LOSS.values</c>; <c>LOSS.sum</c>, Σ w·l, and <c>LOSS.mean</c>,
/// which is that divided by the weight of all terms; and the gradients of both by the outputs. One sample has the
/// weight 0, and <c>weights</c> are those of the samples.
/// </summary>
internal static class LossVectors
{
    private const int Samples = 5;
    private const int Columns = 6;
    private const long IgnoredLabel = 2;

    private static readonly float[] Weights = [0.5f, 2f, 0f, 3f, 1.25f];
    private static readonly float[] ClassWeights = [1f, 2f, 0.5f, 3f, 0.25f, 1.5f];

    /// <summary>
    /// The loss of each term without weights of samples, and what a term of weight 1 counts in the mean; null for 1.
    /// </summary>
    private delegate (Tensor Losses, Tensor? Counts) Loss(Tensor outputs, Tensor targets);

    /// <summary>Writes the file.</summary>
    public static void Write(string folder)
    {
        TorchLibrary.EnsureLoaded();
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var file = new TensorCollection();
        file.Add("weights", tensor(Weights));
        foreach ((string name, int rowsPerSample, Tensor? targets, Loss loss) in Cases(random))
        {
            Tensor outputs = Numbers(random, -2, 2, Samples * rowsPerSample, Columns);
            file.Add($"{name}.outputs", outputs);
            if (targets is not null)
            {
                file.Add($"{name}.{(targets.is_floating_point() ? "values" : "labels")}", targets);
            }

            using Tensor differentiable = outputs.requires_grad_();
            (Tensor losses, Tensor? counts) = loss(differentiable, targets!);

            // Each row, and each element of it, has the weight of its sample.
            Tensor weights = tensor(Weights).repeat_interleave(rowsPerSample);
            weights = weights.reshape([weights.shape[0], .. Enumerable.Repeat(1L, (int)losses.dim() - 1)]);
            Tensor sum = (losses * weights).sum();
            Tensor total = (weights * (counts ?? ones_like(losses))).sum();
            Add("sum", sum);
            Add("mean", sum / total);

            void Add(string reduction, Tensor value)
            {
                file.Add($"{name}.{reduction}", value);
                using Tensor gradient = autograd.grad([value], [differentiable], retain_graph: true)[0];
                file.Add($"{name}.{reduction}.gradient", gradient);
            }
        }

        file.Write(Path.Combine(folder, "losses.safetensors"));
    }

    private static IEnumerable<(string Name, int RowsPerSample, Tensor? Targets, Loss Loss)> Cases(Random random)
    {
        const Reduction None = Reduction.None;
        Tensor classWeights = tensor(ClassWeights);
        yield return ("mean squared error", 2, Numbers(random, -2, 2, 2 * Samples, Columns), (y, t) =>
            (functional.mse_loss(y, t, None), null));
        yield return ("mean absolute error", 1, Numbers(random, -2, 2, Samples, Columns), (y, t) =>
            (functional.l1_loss(y, t, None), null));
        yield return ("Huber", 1, Numbers(random, -2, 2, Samples, Columns), (y, t) =>
            (functional.huber_loss(y, t, 0.5, None), null));
        yield return ("binary cross-entropy", 1, Numbers(random, 0, 1, Samples, Columns), (y, t) =>
            (functional.binary_cross_entropy_with_logits(y, t, reduction: None), null));
        Tensor probabilities = Numbers(random, 0, 1, 2 * Samples, Columns);
        yield return ("binary cross-entropy with positive weights", 2, probabilities, (y, t) =>
            (functional.binary_cross_entropy_with_logits(y, t, reduction: None, pos_weights: classWeights), null));
        yield return ("Kullback-Leibler", 2, Numbers(random, 0, 4, 2 * Samples, Columns).softmax(-1), (y, t) =>
            (functional.kl_div(y, t, log_target: false, reduction: None).sum(-1), null));
        yield return ("softmax cross-entropy", 2, Labels(random, 2 * Samples), (y, t) =>
            (functional.cross_entropy(y, t, reduction: None), null));
        yield return ("softmax cross-entropy with class weights", 2, Labels(random, 2 * Samples), (y, t) =>
            (functional.cross_entropy(y, t, classWeights, reduction: None), classWeights[t]));
        yield return ("softmax cross-entropy with an ignored label", 2, Labels(random, 2 * Samples), (y, t) =>
            (functional.cross_entropy(y, t, ignore_index: IgnoredLabel, reduction: None), t.ne(IgnoredLabel)));
        yield return ("smoothed softmax cross-entropy with all", 2, Labels(random, 2 * Samples), (y, t) =>
            (functional.cross_entropy(y, t, classWeights, IgnoredLabel, None, label_smoothing: 0.1),
                classWeights[t] * t.ne(IgnoredLabel)));
        Tensor distributions = Numbers(random, 0, 4, Samples, Columns).softmax(-1);
        yield return ("softmax cross-entropy of distributions", 1, distributions, (y, t) =>
            (functional.cross_entropy(y, t, reduction: None, label_smoothing: 0.1), null));
        yield return ("hinge", 1, Labels(random, Samples), (y, t) =>
            (functional.multi_margin_loss(y, t, reduction: None), null));
        yield return ("triplet", 1, null, (y, _) => (Triplet(y), null));
    }

    // The row of a sample holds its anchor, what is like it and what is not, one after the other.
    private static Tensor Triplet(Tensor outputs)
    {
        Tensor[] parts = outputs.chunk(3, -1);
        return functional.triplet_margin_loss(parts[0], parts[1], parts[2], margin: 4, reduction: Reduction.None);
    }

    private static Tensor Labels(Random random, int count) =>
        tensor([.. Enumerable.Range(0, count).Select(_ => (long)random.Next(Columns))]);

    private static Tensor Numbers(Random random, float low, float high, int rows, int columns)
    {
        var values = Enumerable.Range(0, rows * columns).Select(_ => low + ((high - low) * random.NextSingle()));
        return tensor([.. values], [rows, columns]);
    }
}
