namespace ModelDsl.Tests.Images;

public sealed class ResidualNetworkTests
{
    private const int Size = 6;

    [Fact]
    public void Residual_network_learns_the_direction_of_lines_in_noise()
    {
        Dataset train = DrawLines(600, seed: 1);
        Dataset test = DrawLines(400, seed: 2);
        var trainer = new Trainer<SmallResNet>(new SmallResNet(seed: 3), new Adam { LearningRate = 0.01f });
        double before = trainer.Evaluate(test).Accuracy!.Value;
        trainer.Fit(train, epochs: 6, batchSize: 20);
        double after = trainer.Evaluate(test).Accuracy!.Value;
        Assert.InRange(before, 0, 0.6);
        Assert.InRange(after, 0.9, 1);
    }

    /// <summary>Images of a line in one of four directions, at any place, in noise.</summary>
    private static Dataset DrawLines(int count, int seed)
    {
        Random random = new(seed);
        float[] samples = new float[count * Size * Size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(4);
            Span<float> image = samples.AsSpan(i * Size * Size, Size * Size);
            foreach (ref float pixel in image)
            {
                pixel = 0.5f * (random.NextSingle() - 0.5f);
            }

            int place = random.Next(Size);
            for (int step = 0; step < Size; step++)
            {
                (int row, int column) = labels[i] switch
                {
                    0 => (place, step),
                    1 => (step, place),
                    2 => (step, (place + step) % Size),
                    _ => (step, (place + Size - step) % Size),
                };
                image[(row * Size) + column] += 1f;
            }
        }

        return Dataset.FromLabels(new Shape(Size, Size, 1), samples, labels, classCount: 4);
    }
}
