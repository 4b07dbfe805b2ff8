namespace ModelDsl.KilledTraining;

/// <summary>Has all that a training must remember: dropout's masks and running statistics.</summary>
[Model]
[Input(5, 4)]
[Flatten, Dense(32), BatchNorm, Relu, Dropout(0.3f)]
[Dense(16), Relu, Dropout(0.2f)]
[Dense(4)]
[SoftmaxCrossEntropy]
public partial class Net;

/// <summary>Clouds of small images around four of them.</summary>
public static class Samples
{
    public static Dataset Create()
    {
        const int Count = 640, Inputs = 5 * 4, Classes = 4;
        var random = new Random(5);
        float[] centers = [.. Enumerable.Range(0, Classes * Inputs).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(Classes))];
        float[] samples = [.. labels.SelectMany(label => centers[(label * Inputs)..((label + 1) * Inputs)])];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] += random.NextSingle() - 0.5f;
        }

        return Dataset.FromLabels(new Shape(5, 4), samples, labels, Classes);
    }
}
