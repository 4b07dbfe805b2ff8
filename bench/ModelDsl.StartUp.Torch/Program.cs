// What ModelDsl.Bench starts to see how soon a program with TorchSharp is at work. Prints the first output of a prediction,
// and then the most memory that it held. With "train" it prints how many seconds the first hundred training steps took, and
// then the next hundred.
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Torch.Loading;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

TorchLibrary.EnsureLoaded();
using var model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 512),
    nn.ReLU(),
    nn.Dropout(0.2),
    nn.Linear(512, 512),
    nn.ReLU(),
    nn.Dropout(0.2),
    nn.Linear(512, 10));
if (args is ["train"])
{
    using Tensor images = rand(128, 28, 28), labels = randint(10, 128, ScalarType.Int64);
    using var adam = optim.Adam(model.parameters(), 1e-3);
    for (int part = 0; part < 2; part++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < 100; step++)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            adam.zero_grad();
            F.cross_entropy(model.forward(images), labels).backward();
            adam.step();
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    return;
}

using IDisposable guard = inference_mode();
model.eval();
using Tensor image = zeros(1, 28, 28);
image[0, 14, 8] = 1f;
using Tensor output = model.forward(image);
Console.WriteLine(output[0, 0].item<float>());
Console.WriteLine(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
