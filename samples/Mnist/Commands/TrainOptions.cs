using ModelDsl;

namespace MnistSample.Commands;

/// <summary>What <c>train</c> was asked to do.</summary>
/// <param name="Data">The folder of the four IDX files.</param>
/// <param name="Epochs">The number of passes over the training images, at least 1.</param>
/// <param name="BatchSize">The number of images a step, at least 1.</param>
/// <param name="LearningRate">Adam's step size in the first step, above 0.</param>
/// <param name="Augment">Whether training images are changed at random.</param>
/// <param name="Validation">The part of the training images that is held out to watch the training, in [0, 1).</param>
/// <param name="Seed">What initial weights, shuffling, dropout and augmentation are drawn from.</param>
/// <param name="Threads">The number of threads, at least 1.</param>
/// <param name="Output">The folder for the results.</param>
/// <param name="Model">Which model.</param>
/// <param name="Precision">What it is trained in.</param>
/// <param name="Resume">Whether to go on where a training of the same options was stopped.</param>
internal sealed record TrainOptions(
    DirectoryInfo Data,
    int Epochs,
    int BatchSize,
    float LearningRate,
    bool Augment,
    float Validation,
    ulong Seed,
    int Threads,
    DirectoryInfo Output,
    Architecture Model,
    Precision Precision,
    bool Resume);
