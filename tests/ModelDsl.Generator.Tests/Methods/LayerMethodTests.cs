using System.Runtime.CompilerServices;

namespace ModelDsl.Generator.Tests.Methods;

public sealed class LayerMethodTests
{
    /// <summary>
    /// The methods are committed, so that they can be read and stepped to; the attributes are what they are made of.
    /// </summary>
    [Fact]
    public void Methods_of_layers_are_those_of_their_attributes()
    {
        string runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/ModelDsl.Runtime"));
        string text = new LayerMethodWriter(Directory.GetFiles(Path.Combine(runtime, "Attributes"), "*.cs").Select(File.ReadAllText)).Write();
        string file = Path.Combine(runtime, "Methods", "TensorLayers.cs");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") is { Length: > 0 })
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(text, File.ReadAllText(file));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
