namespace ModelDsl.Kernels;

/// <summary>Work on lines that do not depend on each other.</summary>
internal interface ILineWork
{
    /// <summary>Does the lines from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    void Invoke(int start, int end);
}
