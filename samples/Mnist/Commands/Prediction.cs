using System.Numerics.Tensors;
using MnistSample.Display;
using MnistSample.Errors;
using MnistSample.Images;
using ModelDsl;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Tells what one image shows, with a model that was trained before.</summary>
internal sealed class Prediction(IAnsiConsole console, PredictOptions options)
{
    /// <summary>Loads model and image, and writes the probability of each class.</summary>
    /// <exception cref="UserErrorException">The image cannot be used.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the model file is of another architecture.</exception>
    public void Run()
    {
        if (!options.ModelFile.Exists)
        {
            throw new UserErrorException(
                $"{options.ModelFile.FullName}: expected a model that training saved, but there is no such file; "
                    + "train first, or name another with --model-file");
        }

        IModel model = options.Model.Create(Precision.Float32, 0);
        ModelFile.Load(options.ModelFile.FullName, model);
        float[] image = InputImage.Read(options.Image.FullName, options.Index, model.Description, options.LargestSide);

        float[] probabilities = new float[model.Description.OutputShape.Count];
        TensorPrimitives.SoftMax(model.Predict(image), probabilities);
        ProbabilityTable.Write(console, image, probabilities);
    }
}
