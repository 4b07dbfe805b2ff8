namespace ModelDsl.Generator.Tests.Emission;

/// <summary>The parts of a generated file, so that a snapshot holds what its test is about and nothing else.</summary>
internal static class GeneratedText
{
    /// <summary>The forward and backward pass and the inference of a model with these attributes.</summary>
    public static string Passes(string attributes) =>
        From(Whole(attributes), "#region Training");

    /// <summary>The forward and backward pass and the inference of the only model of a text.</summary>
    public static string PassesOf(string source) => From(WholeOf(source), "#region Training");

    /// <summary>The description of a model with these attributes: shapes, layers, parameters, memory.</summary>
    public static string Architecture(string attributes)
    {
        string description = From(Whole(attributes), "public static global::ModelDsl.ModelDescription Architecture");
        const string end = ");\n\n";
        return description[..(description.IndexOf(end, StringComparison.Ordinal) + end.Length)];
    }

    /// <summary>The whole file of a model with these attributes.</summary>
    public static string Whole(string attributes) => WholeOf($"{attributes}\npublic partial class Sample;");

    private static string WholeOf(string source)
    {
        string text = TestCompiler.GenerateSingle(source);
        Assert.Equal(text, ForeignCulture.Run(() => TestCompiler.GenerateSingle(source)));

        // A new version changes no snapshot.
        string version = $"\"{typeof(ModelGenerator).Assembly.GetName().Version}\")]";
        Assert.Contains(version, text, StringComparison.Ordinal);
        return text.Replace(version, "\"version\")]", StringComparison.Ordinal);
    }

    private static string From(string text, string start)
    {
        int line = text.LastIndexOf('\n', text.IndexOf(start, StringComparison.Ordinal)) + 1;
        return text[line..];
    }
}
