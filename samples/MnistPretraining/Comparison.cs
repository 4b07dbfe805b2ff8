using MnistSample.Commands;
using ModelDsl;

namespace MnistPretrainingSample;

/// <summary>The test accuracy with few labels, by three ways of training.</summary>
/// <param name="Seed">What labels, weights and orders were drawn from.</param>
/// <param name="Scratch">All weights learned from the few labels alone.</param>
/// <param name="Frozen">The last layer learned from the labels, the encoder from all images without labels.</param>
/// <param name="FineTuned">The same, and then all weights together.</param>
internal sealed record Comparison(ulong Seed, double Scratch, double Frozen, double FineTuned)
{
    private const string FromScratch = "scratch";
    private const string Pretraining = "pretraining";
    private const string LastLayer = "last-layer";
    private const string FineTuning = "fine-tuning";

    private const int BatchSize = 64;
    private const float PretrainingRate = 1e-3f;

    // The best of 0.0003, 0.001 and 0.003 for each way of training, by images whose labels were not trained on.
    private const float LearningRate = 3e-3f;

    /// <summary>What pre-training gains.</summary>
    public double Gain => FineTuned - Scratch;

    /// <summary>Trains in all three ways.</summary>
    /// <param name="study">Has the images, and keeps what was trained when it is stopped.</param>
    /// <param name="seed">What labels, weights and orders are drawn from.</param>
    /// <param name="labelled">The share of the training images whose labels may be used.</param>
    /// <param name="pretrainingEpochs">Passes over all images without labels.</param>
    /// <param name="epochs">
    /// Passes over the images with labels for the last layer, and as many for all; from scratch both numbers together.
    /// </param>
    public static Comparison Run(
        Study<MnistData> study, ulong seed, float labelled, int pretrainingEpochs, int epochs)
    {
        Dataset images = study.Data.Train;
        IDataSource few = images.Split(labelled, seed).HeldOut;
        DigitClassifier scratch = Train(FromScratch, new DigitClassifier(seed), few, 2 * epochs, LearningRate);

        MaskedAutoencoder autoencoder = Train(
            Pretraining, new MaskedAutoencoder(seed), new Unlabelled(images), pretrainingEpochs, PretrainingRate);
        FrozenClassifier frozen = new(seed);
        ModelWeights.Copy(autoencoder, frozen, WeightMap.OfBlock<DigitEncoder>(MaskedAutoencoder.Architecture));
        Train(LastLayer, frozen, few, epochs, LearningRate);

        // Unfreezing is another class with the same blocks.
        DigitClassifier tuned = new(seed);
        ModelWeights.Copy(frozen, tuned);
        Train(FineTuning, tuned, few, epochs, LearningRate);
        return new Comparison(seed, Accuracy(scratch), Accuracy(frozen), Accuracy(tuned));

        TModel Train<TModel>(string part, TModel model, IDataSource images, int passes, float rate)
            where TModel : class, IModel
        {
            var trainer = new Trainer<TModel>(model, new Adam { LearningRate = rate });
            var options = new FitOptions
            {
                Epochs = passes,
                BatchSize = BatchSize,
                Seed = seed,
                Schedule = LearningRateSchedule.Cosine(rate, (long)passes * (((images.Count - 1) / BatchSize) + 1)),
            };
            study.Fit(trainer, images, options, CheckpointOf(study, seed, part));
            return model;
        }

        double Accuracy<TModel>(TModel model)
            where TModel : class, IModel =>
            new Trainer<TModel>(model, new Adam())
                .Evaluate(study.Data.Test, cancellationToken: study.Cancellation).Accuracy ?? 0;
    }

    /// <summary>Removes the checkpoints of a seed's trainings.</summary>
    public static void Discard(Study<MnistData> study, ulong seed)
    {
        foreach (string part in (string[])[FromScratch, Pretraining, LastLayer, FineTuning])
        {
            study.Discard(CheckpointOf(study, seed, part));
        }
    }

    /// <summary>What <see cref="Keep"/> kept of a seed; null where it kept nothing.</summary>
    public static Comparison? Find(IReadOnlyDictionary<string, double> numbers, ulong seed) =>
        numbers.TryGetValue(PartOf(seed, nameof(FineTuned)), out double tuned)
            ? new Comparison(
                seed, numbers[PartOf(seed, nameof(Scratch))], numbers[PartOf(seed, nameof(Frozen))], tuned)
            : null;

    /// <summary>Keeps the accuracies.</summary>
    public void Keep(IDictionary<string, double> numbers)
    {
        numbers[PartOf(Seed, nameof(Scratch))] = Scratch;
        numbers[PartOf(Seed, nameof(Frozen))] = Frozen;
        numbers[PartOf(Seed, nameof(FineTuned))] = FineTuned;
    }

    // Counted from the first one, so that a training with other seeds finds the checkpoint, which refuses it.
    private static string CheckpointOf(Study<MnistData> study, ulong seed, string part) =>
        PartOf(seed - study.Seed + 1, part);

    private static string PartOf(ulong seed, string name) => $"{seed}-{name}";

    /// <summary>Images without their labels: each is what is to be restored of it.</summary>
    private sealed class Unlabelled(IDataSource images) : IDataSource
    {
        public int Count => images.Count;

        public Shape SampleShape => images.SampleShape;

        public int ValuesPerSample => SampleShape.Count;

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination) =>
            images.GatherSamples(indices, destination);

        public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination) =>
            images.GatherSamples(indices, destination);
    }
}
