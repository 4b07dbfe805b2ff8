using ModelDsl;

namespace MnistPretrainingSample;

/// <summary>The test accuracy with few labels, by three ways of training.</summary>
/// <param name="Seed">What labels, weights and orders were drawn from.</param>
/// <param name="Scratch">All weights learned from the few labels alone.</param>
/// <param name="Frozen">The last layer learned from the labels, the encoder from all images without labels.</param>
/// <param name="FineTuned">The same, and then all weights together.</param>
internal sealed record Comparison(ulong Seed, double Scratch, double Frozen, double FineTuned)
{
    /// <summary>Trains in all three ways.</summary>
    /// <param name="data">The images.</param>
    /// <param name="seed">What labels, weights and orders are drawn from.</param>
    /// <param name="labelled">The share of the training images whose labels may be used.</param>
    /// <param name="pretrainingEpochs">Passes over all images without labels.</param>
    /// <param name="epochs">Passes over the images with labels.</param>
    /// <param name="cancellation">Ends the training after the batch at hand.</param>
    public static Comparison Run(
        MnistData data, ulong seed, float labelled, int pretrainingEpochs, int epochs, CancellationToken cancellation)
    {
        IDataSource few = data.Train.Split(labelled, seed).HeldOut;
        DigitClassifier scratch = Train(new DigitClassifier(seed), few, epochs, 1e-3f);

        MaskedAutoencoder autoencoder =
            Train(new MaskedAutoencoder(seed), WithoutLabels(data.Train), pretrainingEpochs, 1e-3f);
        FrozenClassifier frozen = new(seed);
        ModelWeights.Copy(autoencoder, frozen, WeightMap.OfBlock<DigitEncoder>(MaskedAutoencoder.Architecture));
        Train(frozen, few, epochs, 1e-3f);

        // Unfreezing is another class with the same blocks. A lower rate keeps what was learned.
        DigitClassifier tuned = new(seed);
        ModelWeights.Copy(frozen, tuned);
        Train(tuned, few, epochs, 3e-4f);
        return new Comparison(seed, Accuracy(scratch), Accuracy(frozen), Accuracy(tuned));

        TModel Train<TModel>(TModel model, IDataSource images, int passes, float rate)
            where TModel : class, IModel
        {
            var trainer = new Trainer<TModel>(model, new Adam { LearningRate = rate });
            trainer.Fit(images, epochs: passes, batchSize: 64, seed: seed, cancellationToken: cancellation);
            return model;
        }

        double Accuracy<TModel>(TModel model)
            where TModel : class, IModel =>
            new Trainer<TModel>(model, new Adam()).Evaluate(data.Test, cancellationToken: cancellation).Accuracy ?? 0;
    }

    // Each image is what is to be restored of it.
    private static Dataset WithoutLabels(Dataset images)
    {
        float[] pixels = new float[images.Count * images.SampleShape.Count];
        images.GatherSamples([.. Enumerable.Range(0, images.Count)], pixels);
        return Dataset.FromValues(images.SampleShape, pixels, pixels);
    }
}
