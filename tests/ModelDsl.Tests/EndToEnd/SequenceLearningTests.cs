namespace ModelDsl.Tests.EndToEnd;

/// <summary>Recurrent networks learn what needs a memory: no single step tells the answer.</summary>
public sealed class SequenceLearningTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lstm_learns_to_add_the_two_marked_numbers_of_a_sequence(int seed)
    {
        // The adding problem of Hochreiter and Schmidhuber (1997). Without a memory, the best guess is the mean, with a
        // squared error of 1/6.
        Dataset train = DrawSums(2000, seed: 1);
        Dataset test = DrawSums(500, seed: 2);
        var trainer = new Trainer<AddingProblem>(new AddingProblem((ulong)seed), new Adam { LearningRate = 0.01f });
        trainer.Fit(train, epochs: 20, batchSize: 50, seed: (ulong)seed);
        Assert.InRange(trainer.Evaluate(test).Loss, 0, 0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gru_learns_to_repeat_a_bit_two_steps_later(int seed)
    {
        const int Batch = 20;
        var model = new EchoProblem((ulong)seed);
        var adam = new Adam { LearningRate = 0.02f };
        for (int step = 0; step < 240; step++)
        {
            (float[] samples, int[] labels) = DrawEchoes(Batch, seed: step);
            model.ComputeGradients(samples, labels);
            adam.Step(model.Parameters, model.Gradients);
        }

        (float[] bits, int[] echoes) = DrawEchoes(200, seed: -1);
        float[] logits = model.Predict(bits).ToArray();
        int right = echoes.Where((echo, i) => (logits[(2 * i) + 1] > logits[2 * i] ? 1 : 0) == echo).Count();
        Assert.InRange((double)right / echoes.Length, 0.99, 1);
    }

    /// <summary>Steps of a number in [0, 1) and a mark, which two steps have; the target is the sum of these two numbers.</summary>
    private static Dataset DrawSums(int count, int seed)
    {
        Random random = new(seed);
        float[] samples = new float[count * Steps * 2];
        float[] targets = new float[count];
        for (int i = 0; i < count; i++)
        {
            int first = random.Next(Steps / 2), second = (Steps / 2) + random.Next(Steps / 2);
            for (int step = 0; step < Steps; step++)
            {
                bool isMarked = step == first || step == second;
                float number = random.NextSingle();
                samples[((i * Steps) + step) * 2] = number;
                samples[(((i * Steps) + step) * 2) + 1] = isMarked ? 1 : 0;
                targets[i] += isMarked ? number : 0;
            }
        }

        return Dataset.FromValues(new Shape(Steps, 2), samples, targets);
    }

    /// <summary>Random bits; the label of each step is the bit two steps before, 0 for the first two.</summary>
    private static (float[] Samples, int[] Labels) DrawEchoes(int count, int seed)
    {
        Random random = new(seed);
        float[] samples = [.. Enumerable.Range(0, count * Steps).Select(_ => (float)random.Next(2))];
        return (samples, [.. Enumerable.Range(0, count * Steps).Select(i => i % Steps < 2 ? 0 : (int)samples[i - 2])]);
    }
}
