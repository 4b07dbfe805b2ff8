using ModelDsl;

namespace MnistGanSample;

/// <summary>
/// Two models that learn from each other, step by step (Goodfellow et al., "Generative Adversarial Networks", 2014):
/// the discriminator learns to tell images from what the generator draws, the generator learns to be taken for real.
/// </summary>
internal sealed class AdversarialTraining
{
    /// <summary>The numbers of noise that an image is made of.</summary>
    public static readonly int NoiseCount = DigitGenerator.Architecture.InputShape.Count;

    private static readonly int PixelCount = DigitDiscriminator.Architecture.InputShape.Count;

    // What a checkpoint keeps beside the models: where the training is, and the losses of the epoch at hand.
    private const string Steps = "steps";
    private const string GeneratorLoss = "generator loss";
    private const string DiscriminatorLoss = "discriminator loss";

    // Less than one, so that the discriminator is never too sure of itself: Salimans et al., "Improved Techniques for
    // Training GANs" (2016).
    private const float RealLabel = 0.9f;

    // Betas and rate are those of Radford et al., "Unsupervised Representation Learning with DCGANs" (2015).
    private readonly Adam _generatorOptimizer = new() { LearningRate = 2e-4f, Beta1 = 0.5f };
    private readonly Adam _discriminatorOptimizer = new() { LearningRate = 2e-4f, Beta1 = 0.5f };
    private readonly ulong _seed;
    private readonly int _batchSize;
    private readonly float[] _noise;
    private readonly float[] _samples;
    private readonly float[] _labels;
    private readonly float[] _gradient;

    public AdversarialTraining(ulong seed, int batchSize)
    {
        Generator = new DigitGenerator(seed);
        Discriminator = new DigitDiscriminator(seed + 1);
        Checkpoint.Add("generator", Generator, _generatorOptimizer);
        Checkpoint.Add("discriminator", Discriminator, _discriminatorOptimizer);
        _seed = seed;
        _batchSize = batchSize;
        _noise = new float[batchSize * NoiseCount];
        _samples = new float[2 * batchSize * PixelCount];
        _labels = new float[2 * batchSize];
        _labels.AsSpan(0, batchSize).Fill(RealLabel);
        _gradient = new float[batchSize];
    }

    public DigitGenerator Generator { get; }

    public DigitDiscriminator Discriminator { get; }

    /// <summary>Both models, what updates them, and where the training is.</summary>
    public LoopCheckpoint Checkpoint { get; } = new()
    {
        Numbers = { [Steps] = 0, [GeneratorLoss] = 0, [DiscriminatorLoss] = 0 },
    };

    /// <summary>The number of steps so far.</summary>
    public long StepsTaken => (long)Checkpoint.Numbers[Steps];

    /// <summary>
    /// The order of the images in an epoch. It depends on nothing that was drawn before, as the noise of a step, so
    /// that a training can go on from anywhere.
    /// </summary>
    public int[] OrderOf(int epoch, int images)
    {
        int[] order = [.. Enumerable.Range(0, images)];
        RandomOf(2 * (ulong)epoch).Shuffle(order);
        return order;
    }

    /// <summary>The sums of the losses since they were taken last.</summary>
    public (double Generator, double Discriminator) TakeLosses()
    {
        Dictionary<string, double> numbers = Checkpoint.Numbers;
        (double, double) sums = (numbers[GeneratorLoss], numbers[DiscriminatorLoss]);
        numbers[GeneratorLoss] = numbers[DiscriminatorLoss] = 0;
        return sums;
    }

    /// <summary>One step of both models on a batch of real images; their losses.</summary>
    public (float Generator, float Discriminator) Step(Dataset images, ReadOnlySpan<int> indices)
    {
        Draw(_noise, RandomOf((2 * (ulong)StepsTaken) + 1));
        ReadOnlySpan<float> drawn = Generator.Forward(_noise);

        // The discriminator: real images are nearly 1, drawn ones 0.
        images.GatherSamples(indices, _samples.AsSpan(0, _batchSize * PixelCount));
        drawn.CopyTo(_samples.AsSpan(_batchSize * PixelCount));
        float discriminatorLoss = Discriminator.ComputeGradients(_samples, new Targets(_labels));
        _discriminatorOptimizer.Step(Discriminator);

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
        _generatorOptimizer.Step(Generator);
        Checkpoint.Numbers[Steps]++;
        Checkpoint.Numbers[GeneratorLoss] += generatorLoss;
        Checkpoint.Numbers[DiscriminatorLoss] += discriminatorLoss;
        return (generatorLoss, discriminatorLoss);
    }

    /// <summary>Images of fresh noise.</summary>
    public float[] DrawImages(int count, int seed)
    {
        float[] noise = new float[count * NoiseCount];
        Draw(noise, new Random(seed));
        return Generator.Predict(noise).ToArray();
    }

    // SplitMix64 (Steele, Lea and Flood, 2014): neighbouring numbers give random numbers that have nothing in common.
    private Random RandomOf(ulong number)
    {
        ulong mixed = _seed + (number * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(mixed >> 33));
    }

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
