namespace ModelDsl.Threading;

/// <summary>Work that is divided into parts which do not depend on each other.</summary>
internal interface IParallelWork
{
    /// <summary>Does one part. Called from any thread, once for each part.</summary>
    void Invoke(int part);
}
