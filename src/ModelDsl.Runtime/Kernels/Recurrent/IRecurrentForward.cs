namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer makes of the products of a step.</summary>
internal unsafe interface IRecurrentForward
{
    /// <summary>The number of rows of the recurrent weight for each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>The outputs.</summary>
    HiddenStates Hidden { get; }

    /// <summary>Makes a sample's output of one step from the products of its recurrent weight, [gates·units].</summary>
    void Finish<TVector>(float* products, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;
}
