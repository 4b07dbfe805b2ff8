using MnistSample.Errors;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>A folder of four IDX files in MNIST's form.</summary>
internal static class MnistFolder
{
    /// <summary>The sample's own copy of MNIST: the build puts it beside the program.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Loads a folder's images and checks that a model can take them.</summary>
    /// <exception cref="UserErrorException">The images or the labels do not fit the model.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not fit each other.</exception>
    public static MnistData Load(string directory, ModelDescription model)
    {
        MnistData data = ModelDsl.Mnist.Load(directory);
        CheckImages(directory, data.Train.SampleShape, model);
        int classes = model.OutputShape.Count;
        if (data.Train.ClassCount > classes)
        {
            throw new UserErrorException(
                $"{directory}: expected labels from 0 to {classes - 1}, as {model.Name} has {classes} outputs, got "
                    + $"{data.Train.ClassCount - 1}");
        }

        return IsFashion(directory) && data.Train.ClassCount == ModelDsl.Mnist.FashionClassNames.Length
            ? new MnistData(WithFashionNames(data.Train), WithFashionNames(data.Test))
            : data;
    }

    /// <summary>Throws where images have another size than a model takes.</summary>
    /// <exception cref="UserErrorException">The sizes differ.</exception>
    public static void CheckImages(string path, Shape images, ModelDescription model)
    {
        if (images != model.InputShape)
        {
            throw new UserErrorException(
                $"{path}: expected images of {model.InputShape} for {model.Name}, got {images}");
        }
    }

    private static bool IsFashion(string directory) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))
            .Contains("fashion", StringComparison.OrdinalIgnoreCase);

    private static Dataset WithFashionNames(Dataset dataset) => dataset.WithClassNames(ModelDsl.Mnist.FashionClassNames);
}
