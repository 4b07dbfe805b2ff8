using Google.Protobuf;
using Benchmarks.Bench.Rows;
using ModelDsl.Onnx;
using ModelDsl.Onnx.Format;
using ModelDsl.Tests.Parity;

namespace Benchmarks.Bench;

/// <summary>
/// Trained weights that <c>dotnet test</c> predicts with: MLPerf Tiny's ResNet-8 as a file of ours, and samples with
/// the outputs that ONNX Runtime gives for them from the original file.
/// </summary>
internal static class TrainedWeights
{
    private const string File = "ic.onnx";
    private const int Samples = 5;
    private const int Size = 32;
    private const int Channels = 3;

    /// <summary>The edge of a square of one colour.</summary>
    private const int Square = 16;

    /// <summary>How far a pixel may be from its square's colour.</summary>
    private const int Noise = 24;

    /// <summary>Writes <c>ResNet8.safetensors</c> and <c>ResNet8.outputs.safetensors</c>.</summary>
    /// <param name="models">Where the original file is.</param>
    /// <param name="folder">Where to write.</param>
    /// <exception cref="FileNotFoundException">The original file is not there.</exception>
    public static void Write(string models, string folder)
    {
        ModelProto file = new MlperfTinyFolder(models).Find(File)
            ?? throw new FileNotFoundException($"expected {File} in {models}");
        ResNet8 model = new(seed: 1);
        new OnnxModel(model, batch: 1).CopyWeights(file, model);
        Dictionary<string, string> source = new()
        {
            ["source"] = "mlcommons/tiny, benchmark/training/image_classification/trained_models",
            ["license"] = "Apache-2.0",
        };
        ModelFile.Save(Path.Combine(folder, "ResNet8.safetensors"), model, source);

        float[] samples = Draw(new Random(1));
        // The file takes one image at a time.
        float[] outputs = [.. samples.Chunk(Size * Size * Channels).SelectMany(sample => Run(file, sample))];
        SafetensorsFile.Write(
            Path.Combine(folder, "ResNet8.outputs.safetensors"),
            [
                new NamedTensor("samples", new Shape(Samples, Size, Size, Channels), samples),
                new NamedTensor("outputs", new Shape(Samples, outputs.Length / Samples), outputs),
            ],
            source);
    }

    private static float[] Run(ModelProto file, float[] sample)
    {
        using OnnxRuntimeSession session = new(file.ToByteArray(), threads: 1, sample);
        session.Run();
        return session.Output.ToArray();
    }

    /// <summary>
    /// Images of coloured squares, pixels from 0 to 255. They fall into several classes; images of noise fall into one.
    /// </summary>
    private static float[] Draw(Random random)
    {
        const int Squares = Size / Square;
        float[] images = new float[Samples * Size * Size * Channels];
        int[] colours = new int[Squares * Squares * Channels];
        for (int i = 0; i < images.Length; i++)
        {
            int place = i % (Size * Size * Channels);
            if (place == 0)
            {
                colours = Array.ConvertAll(colours, _ => random.Next(256));
            }

            (int pixel, int channel) = (place / Channels, place % Channels);
            int square = (pixel / Size / Square * Squares) + (pixel % Size / Square);
            int value = colours[(square * Channels) + channel] + random.Next(-Noise, Noise + 1);
            images[i] = Math.Clamp(value, 0, 255);
        }

        return images;
    }
}
