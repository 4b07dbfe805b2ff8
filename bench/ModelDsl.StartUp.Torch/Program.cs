// What ModelDsl.Bench starts to see how soon a program with TorchSharp predicts: prints the first output, and then, on the
// second line, the most memory that it held.
using ModelDsl.Torch.Loading;
using static TorchSharp.torch;

TorchLibrary.EnsureLoaded();
using IDisposable guard = inference_mode();
using var model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10));
model.eval();
using Tensor image = zeros(1, 28, 28);
image[0, 14, 8] = 1f;
using Tensor output = model.forward(image);
Console.WriteLine(output[0, 0].item<float>());
Console.WriteLine(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
