namespace ModelDsl.Kernels;

/// <summary>One step of a sequence as a recurrent layer reads it.</summary>
/// <param name="Position">Where the step lies in the sequence.</param>
/// <param name="Direction">1 or -1: the way from a step to the one that is read next.</param>
/// <param name="IsFirst">Whether it is read first.</param>
/// <param name="IsLast">Whether it is read last.</param>
internal readonly record struct RecurrentStep(int Position, int Direction, bool IsFirst, bool IsLast)
{
    /// <summary>Where the step that is read before this one lies.</summary>
    public int Before => Position - Direction;

    /// <summary>Where the step that is read after this one lies.</summary>
    public int After => Position + Direction;
}
