// What ModelDsl.Bench starts to see how soon a program with ModelDsl is at work. Prints the first output of a prediction, and
// then the most memory that it held. With "train" it prints how many seconds the first hundred training steps took, and then
// the next hundred.
using System.Diagnostics;
using System.Globalization;
using ModelDsl;
using ModelDsl.TestModels;

MnistMlp model = new(seed: 1);
if (args is ["train"])
{
    Random random = new(1);
    float[] images = [.. Enumerable.Range(0, 128 * 28 * 28).Select(_ => random.NextSingle())];
    int[] labels = [.. Enumerable.Range(0, 128).Select(_ => random.Next(10))];
    Adam adam = new();
    for (int part = 0; part < 2; part++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < 100; step++)
        {
            model.ComputeGradients(images, labels);
            adam.Step(model.Parameters, model.Gradients);
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    return;
}

float[] image = new float[28 * 28];
image[400] = 1;
Console.WriteLine(model.Predict(image)[0]);
Console.WriteLine(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
