using CharGptSample.Text;
using MnistSample.Errors;
using MnistSample.Reports;

namespace CharGptSample.Commands;

/// <summary>The folder that a trained model is kept in: its weights and its alphabet.</summary>
internal static class ModelFolder
{
    /// <summary>The folder's name where the user gives none.</summary>
    public const string DefaultName = "chargpt-output";

    private const string AlphabetFileName = "alphabet.txt";

    /// <summary>The names of the files in it.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [OutputFolder.ModelFileName, AlphabetFileName];

    /// <summary>Writes both.</summary>
    public static void Save(OutputFolder folder, CharGpt model, Alphabet alphabet)
    {
        folder.Save(OutputFolder.ModelFileName, model.Save);
        folder.Write(AlphabetFileName, System.Text.Encoding.UTF8.GetBytes(alphabet.ToString()));
    }

    /// <summary>Reads both.</summary>
    /// <exception cref="UserErrorException">A file is missing.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another model.</exception>
    public static (CharGpt Model, Alphabet Alphabet) Load(DirectoryInfo folder)
    {
        string weights = Path.Combine(folder.FullName, OutputFolder.ModelFileName);
        if (!File.Exists(weights))
        {
            throw new UserErrorException(
                $"{weights}: expected a model that training saved, but there is no such file; "
                    + "train first, or name another folder with --model");
        }

        CharGpt model = CharGpt.Load(weights);
        var file = new FileInfo(Path.Combine(folder.FullName, AlphabetFileName));
        string characters = TextFile.Read(file);
        try
        {
            return (model, Alphabet.Parse(characters, CharGpt.Architecture.OutputShape.Dimensions[^1]));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }
    }
}
