using CharGptSample.Text;
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
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another model.</exception>
    public static (CharGpt Model, Alphabet Alphabet) Load(DirectoryInfo folder)
    {
        CharGpt model = CharGpt.Load(Path.Combine(folder.FullName, OutputFolder.ModelFileName));
        string characters = TextFile.Read(new FileInfo(Path.Combine(folder.FullName, AlphabetFileName)));
        return (model, Alphabet.Parse(characters, CharGpt.Architecture.OutputShape.Dimensions[^1]));
    }
}
