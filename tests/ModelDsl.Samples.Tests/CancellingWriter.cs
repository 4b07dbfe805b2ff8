namespace ModelDsl.Samples.Tests;

/// <summary>Keeps what is written, and cancels when a line that begins with <paramref name="start"/> comes by.</summary>
internal sealed class CancellingWriter(string start, CancellationTokenSource source) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(start, StringComparison.Ordinal) == true)
        {
            source.Cancel();
        }
    }
}
