// What ModelDsl.Bench starts to see how soon a program with ModelDsl predicts: prints the first output, and then, on the
// second line, the most memory that it held.
using ModelDsl.TestModels;

MnistMlp model = new(seed: 1);
float[] image = new float[28 * 28];
image[400] = 1;
Console.WriteLine(model.Predict(image)[0]);
Console.WriteLine(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
