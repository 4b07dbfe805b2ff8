using System.Diagnostics.CodeAnalysis;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>The same settings for every file.</summary>
internal sealed class EditorConfig(ImmutableDictionary<string, string> settings) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Section(settings);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Section(ImmutableDictionary<string, string> settings) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            settings.TryGetValue(key, out value);
    }
}
