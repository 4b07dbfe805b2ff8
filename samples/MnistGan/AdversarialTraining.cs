using ModelDsl;

namespace MnistGanSample;

/// <summary>
/// Two models that learn from each other, step by step (Goodfellow et al., "Generative Adversarial Networks", 2014):
/// the
/// discriminator learns to tell images from what the generator draws, the generator learns to be taken for real.
/// </summary>
internal sealed class AdversarialTraining
{
    /// <summary>The numbers of noise that an image is made of.</summary>
    public static readonly int NoiseCount = DigitGenerator.Architecture.InputShape.Count;

    private static readonly int PixelCount = DigitDiscriminator.Architecture.InputShape.Count;

    // Less than one, so that the discriminator is never too sure of itself: Salimans et al., "Improved Techniques for
    // Training GANs" (2016).
    private const float RealLabel = 0.9f;

    // Betas and rate are those of Radford et al., "Unsupervised Representation Learning with DCGANs" (2015).
    private readonly Adam _generatorOptimizer = new() { LearningRate = 2e-4f, Beta1 = 0.5f };
    private readonly Adam _discriminatorOptimizer = new() { LearningRate = 2e-4f, Beta1 = 0.5f };
    private readonly Random _random;
    private readonly int _batchSize;
    private readonly float[] _noise;
    private readonly float[] _samples;
    private readonly float[] _labels;
    private readonly float[] _gradient;

    public AdversarialTraining(ulong seed, int batchSize)
    {
        Generator = new DigitGenerator(seed);
        Discriminator = new DigitDiscriminator(seed + 1);
        _random = new Random((int)(seed % int.MaxValue));
        _batchSize = batchSize;
        _noise = new float[batchSize * NoiseCount];
        _samples = new float[2 * batchSize * PixelCount];
        _labels = new float[2 * batchSize];
        _labels.AsSpan(0, batchSize).Fill(RealLabel);
        _gradient = new float[batchSize];
    }

    public DigitGenerator Generator { get; }

    public DigitDiscriminator Discriminator { get; }

    /// <summary>One step of both models on a batch of real images; their losses.</summary>
    public (float Generator, float Discriminator) Step(Dataset images, ReadOnlySpan<int> indices)
    {
        Draw(_noise);
        ReadOnlySpan<float> drawn = Generator.Forward(_noise);

        // The discriminator: real images are nearly 1, drawn ones 0.
        images.GatherSamples(indices, _samples.AsSpan(0, _batchSize * PixelCount));
        drawn.CopyTo(_samples.AsSpan(_batchSize * PixelCount));
        float discriminatorLoss = Discriminator.ComputeGradients(_samples, new Targets(_labels));
        _discriminatorOptimizer.Step(Discriminator.TrainableParameters, Discriminator.Gradients);

        // The generator minimises the mean of -log σ(logit) over what it has drawn: the discriminator carries the
        // gradient from its logits to the pixels, and the generator on from there. Its pass is still open, since the
        // discriminator is another model.
        ReadOnlySpan<float> logits = Discriminator.Forward(drawn);
        float generatorLoss = 0;
        for (int i = 0; i < _batchSize; i++)
        {
            float probability = 1f / (1f + MathF.Exp(-logits[i]));
            generatorLoss -= MathF.Log(MathF.Max(probability, 1e-12f)) / _batchSize;
            _gradient[i] = (probability - 1f) / _batchSize;
        }

        Discriminator.Backward(_gradient);
        Generator.Backward(Discriminator.InputGradient);
        _generatorOptimizer.Step(Generator.TrainableParameters, Generator.Gradients);
        return (generatorLoss, discriminatorLoss);
    }

    /// <summary>Images of fresh noise.</summary>
    public float[] DrawImages(int count, int seed)
    {
        float[] noise = new float[count * NoiseCount];
        Draw(noise, new Random(seed));
        return Generator.Predict(noise).ToArray();
    }

    private void Draw(Span<float> noise) => Draw(noise, _random);

    // Standard normal, by Box and Muller.
    private static void Draw(Span<float> noise, Random random)
    {
        foreach (ref float value in noise)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            value = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }
}
